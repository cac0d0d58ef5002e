using System.ComponentModel;
using DualDb.Mapping;

namespace DualDb.Caching;

/// <summary>Writes a value as a payload.</summary>
/// <typeparam name="T">The value.</typeparam>
/// <param name="writer">The payload.</param>
/// <param name="value">The value.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate void PayloadEncode<in T>(ref PayloadWriter writer, T value);

/// <summary>Reads a value from a payload.</summary>
/// <typeparam name="T">The value.</typeparam>
/// <param name="reader">The payload.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate T PayloadDecode<out T>(ref PayloadReader reader);

/// <summary>What the cache is told of a view at compile time.</summary>
/// <typeparam name="TView">The view.</typeparam>
/// <typeparam name="TKey">The type of its key.</typeparam>
/// <param name="settings">What its attribute says.</param>
/// <param name="schema">A hash of all that its payload depends on: its members and their schemas.</param>
/// <param name="hasExactKey">Whether keys that differ in .NET differ in PostgreSQL.</param>
/// <param name="formatKey">Writes a key.</param>
/// <param name="encode">Writes a view.</param>
/// <param name="decode">Reads a view.</param>
/// <param name="entities">The entities of its members: a change in the table of any makes the view fall.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class CachedView<TView, TKey>(
    CacheSettings settings,
    string schema,
    bool hasExactKey,
    KeyFormat<TKey> formatKey,
    PayloadEncode<TView> encode,
    PayloadDecode<TView> decode,
    params IReadOnlyList<EntityInfo> entities) : IPayloadCodec<TView>
    where TView : class
    where TKey : notnull
{
    internal CacheSettings Settings => settings;

    internal string Schema => schema;

    internal bool HasExactKey => hasExactKey;

    internal KeyFormat<TKey> FormatKey => formatKey;

    internal IReadOnlyList<EntityInfo> Entities => entities;

    void IPayloadCodec<TView>.Encode(ref PayloadWriter writer, TView value) => encode(ref writer, value);

    TView IPayloadCodec<TView>.Decode(ref PayloadReader reader) => decode(ref reader);
}
