using System.Reflection;
using DualDb.Caching;
using DualDb.Mapping;

namespace DualDb.IntegrationTests.Repositories.Contract;

/// <summary>What the cache asks of a generated map.</summary>
internal interface IPayloads<TEntity, TKey>
{
    byte[] Encode(TEntity entity);

    TEntity Decode(ReadOnlySpan<byte> payload);

    string KeyText(TKey key);
}

/// <summary>The generated map of an entity, by the attributes of its assembly.</summary>
internal static class MapOf
{
    public static IPayloads<TEntity, TKey> Payloads<TEntity, TKey>()
        where TEntity : class
        where TKey : notnull
    {
        var map = typeof(TEntity).Assembly.GetCustomAttributes<DualDbEntityAttribute>().Single(static attribute => attribute.Entity == typeof(TEntity)).Map;
        return (IPayloads<TEntity, TKey>)Activator.CreateInstance(typeof(Payloads<,,>).MakeGenericType(typeof(TEntity), typeof(TKey), map))!;
    }
}

/// <summary>The static members of a map as those of an instance.</summary>
internal sealed class Payloads<TEntity, TKey, TMap> : IPayloads<TEntity, TKey>
    where TEntity : class
    where TKey : notnull
    where TMap : IEntityMap<TEntity, TKey>
{
    public byte[] Encode(TEntity entity)
    {
        var writer = new PayloadWriter(64);
        TMap.Encode(ref writer, entity);
        var payload = writer.Written.ToArray();
        writer.Dispose();
        return payload;
    }

    public TEntity Decode(ReadOnlySpan<byte> payload) => EntityPayload.Decode<TEntity, TKey, TMap>(payload);

    public string KeyText(TKey key)
    {
        var text = new KeyText(stackalloc char[200]);
        TMap.FormatKey(ref text, key);
        var written = text.ToString();
        text.Dispose();
        return written;
    }
}
