using DualDb.Mapping;

namespace DualDb.Caching;

/// <summary>A row, as its generated codec writes it.</summary>
internal sealed class RowCodec<TEntity, TKey, TMap> : IPayloadCodec<TEntity>
    where TEntity : class
    where TKey : notnull
    where TMap : struct, IEntityMap<TEntity, TKey>
{
    public static RowCodec<TEntity, TKey, TMap> Instance { get; } = new();

    public void Encode(ref PayloadWriter writer, TEntity value) => TMap.Encode(ref writer, value);

    public TEntity Decode(ref PayloadReader reader) => TMap.Decode(ref reader);
}

/// <summary>Rows, behind their count.</summary>
internal sealed class RowsCodec<TEntity, TKey, TMap> : IPayloadCodec<IReadOnlyList<TEntity>>
    where TEntity : class
    where TKey : notnull
    where TMap : struct, IEntityMap<TEntity, TKey>
{
    public static RowsCodec<TEntity, TKey, TMap> Instance { get; } = new();

    public void Encode(ref PayloadWriter writer, IReadOnlyList<TEntity> value)
    {
        writer.Write(value.Count);
        for (var index = 0; index < value.Count; index++)
        {
            TMap.Encode(ref writer, value[index]);
        }
    }

    public IReadOnlyList<TEntity> Decode(ref PayloadReader reader)
    {
        var count = reader.ReadInt32();

        // A row takes a byte at least, so that a made-up count cannot ask for memory that the payload does not pay for.
        if (count < 0 || count > reader.Remaining)
        {
            throw new PayloadException("The payload promises more rows than it holds.");
        }

        var rows = new TEntity[count];
        for (var index = 0; index < count; index++)
        {
            rows[index] = TMap.Decode(ref reader);
        }

        return Array.AsReadOnly(rows);
    }
}
