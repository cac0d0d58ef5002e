using DualDb.Consistency.Json;

namespace DualDb.Consistency.Operators;

/// <summary>Masks what the models mark with <see cref="SensitiveAttribute"/>. What they do not know is masked as a whole: nobody can say what is in it.</summary>
internal sealed class ModelRedaction : IPayloadRedaction
{
    private readonly Dictionary<string, JsonMask?> _documents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<string, bool>> _columns = new(StringComparer.Ordinal);

    public ModelRedaction(IEnumerable<SensitiveFacts> facts)
    {
        foreach (var (documents, columns) in facts)
        {
            foreach (var (name, mask) in documents)
            {
                // Two roots may know one name; what either masks stays masked.
                _documents[name] = _documents.TryGetValue(name, out var other) && other is not null && mask is not null && other != mask ? JsonMask.Everything : mask ?? other;
            }

            foreach (var (name, known) in columns)
            {
                foreach (var (column, isSensitive) in known)
                {
                    Add(name, column, isSensitive);
                }
            }
        }
    }

    /// <inheritdoc/>
    public string Json(string typeName, string json)
        => !_documents.TryGetValue(typeName, out var mask) ? JsonMask.Everything.Apply(json) : mask?.Apply(json) ?? json;

    /// <inheritdoc/>
    public string? Column(string entity, string column, string? value)
        => value is null || (_columns.TryGetValue(entity, out var columns) && columns.TryGetValue(column, out var isSensitive) && !isSensitive) ? value : JsonMask.Replacement;

    private void Add(string name, string column, bool isSensitive)
    {
        if (!_columns.TryGetValue(name, out var columns))
        {
            _columns[name] = columns = new Dictionary<string, bool>(StringComparer.Ordinal);
        }

        columns[column] = isSensitive || (columns.TryGetValue(column, out var known) && known);
    }
}
