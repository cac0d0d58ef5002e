using DualDb.Mapping;
using DualDb.Mapping.Wire;
using NpgsqlTypes;

namespace DualDb.Rest;

/// <summary>Takes values as the texts that filters compare with.</summary>
internal sealed class RestTexts : ValueSink
{
    /// <summary>The texts; null for NULL.</summary>
    public List<string?> Values { get; } = [];

    public override void Add<T>(T value, NpgsqlDbType type) => Values.Add(value is null ? null : WireForm<T>.Required.TextOf(value));

    public override void AddNull() => Values.Add(null);

    public override void AddColumn<T>(IReadOnlyList<T> values, NpgsqlDbType type)
    {
        foreach (var value in values)
        {
            Add(value, type);
        }
    }
}
