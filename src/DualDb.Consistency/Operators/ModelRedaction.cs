using DualDb.Consistency.Json;

namespace DualDb.Consistency.Operators;

/// <summary>Masks what the models mark with <see cref="SensitiveAttribute"/>. What they do not know is masked as a whole: nobody can say what is in it.</summary>
internal sealed class ModelRedaction : IPayloadRedaction
{
    private readonly Dictionary<string, JsonMask?> _documents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _columns = new(StringComparer.Ordinal);

    public ModelRedaction(IEnumerable<SensitiveFacts> facts)
    {
        foreach (var (documents, columns) in facts)
        {
            foreach (var (name, mask) in documents)
            {
                // Two roots may know one name; what either masks stays masked.
                _documents[name] = _documents.TryGetValue(name, out var other) && other is not null && mask is not null && other != mask ? JsonMask.Everything : mask ?? other;
            }

            foreach (var (name, sensitive) in columns)
            {
                (_columns.TryGetValue(name, out var known) ? known : _columns[name] = new HashSet<string>(StringComparer.Ordinal)).UnionWith(sensitive);
            }
        }
    }

    /// <inheritdoc/>
    public string Json(string typeName, string json)
        => !_documents.TryGetValue(typeName, out var mask) ? JsonMask.Everything.Apply(json) : mask?.Apply(json) ?? json;

    /// <inheritdoc/>
    public string? Column(string entity, string column, string? value)
        => value is null || (_columns.TryGetValue(entity, out var sensitive) && !sensitive.Contains(column)) ? value : JsonMask.Replacement;
}
