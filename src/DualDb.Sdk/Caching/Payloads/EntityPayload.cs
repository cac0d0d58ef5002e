using DualDb.Mapping;

namespace DualDb.Caching;

/// <summary>Whole payloads of entities.</summary>
internal static class EntityPayload
{
    /// <summary>Makes the instance that a payload holds.</summary>
    /// <exception cref="PayloadException">The bytes are no payload of this entity, or go on after it.</exception>
    public static TEntity Decode<TEntity, TKey, TMap>(ReadOnlySpan<byte> payload)
        where TEntity : class
        where TKey : notnull
        where TMap : IEntityMap<TEntity, TKey>
    {
        var reader = new PayloadReader(payload);
        TEntity entity;
        try
        {
            entity = TMap.Decode(ref reader);
        }
        catch (Exception exception) when (exception is not (PayloadException or OutOfMemoryException))
        {
            // What remains are constructors and setters of the model, which refuse what no row holds.
            throw new PayloadException($"The payload holds values that {typeof(TEntity).Name} refuses.", exception);
        }

        reader.End();
        return entity;
    }
}
