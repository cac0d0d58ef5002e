using System.Collections.Concurrent;

namespace DualDb.Querying;

/// <summary>
/// The SQL texts of an entity's queries by shape: the same string every time, which PostgreSQL's plan and Npgsql's statement are found by.
/// </summary>
internal static class SqlTexts<TEntity>
{
    // A program has few shapes; one that makes shapes without end, or long ones, must not fill the memory with them.
    private const int MaxTexts = 2_048;
    private const int MaxCharacters = 4_000_000;

    private static readonly ConcurrentDictionary<string, string> Texts = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Lookup = Texts.GetAlternateLookup<ReadOnlySpan<char>>();

    private static long _characters;

    /// <summary>The text of a shape, or null where it is yet to be written.</summary>
    public static string? Find(ReadOnlySpan<char> shape) => Lookup.TryGetValue(shape, out var sql) ? sql : null;

    /// <summary>Keeps a text. Starting again from nothing when there are too many costs each shape in use one rendering.</summary>
    public static string Keep(ReadOnlySpan<char> shape, string sql)
    {
        if (Texts.Count >= MaxTexts || Interlocked.Add(ref _characters, shape.Length + sql.Length) > MaxCharacters)
        {
            Texts.Clear();
            Interlocked.Exchange(ref _characters, 0);
        }

        return Texts.GetOrAdd(shape.ToString(), sql);
    }
}
