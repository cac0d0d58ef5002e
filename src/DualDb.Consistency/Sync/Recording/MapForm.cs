using System.Security.Cryptography;
using System.Text;

namespace DualDb.Consistency.Sync.Recording;

/// <summary>
/// What a map makes of rows, as a hash: two nodes whose maps differ in it would write different rows. Policies and resolvers are not part of it, since any of them will do, and neither is the order of
/// columns that are no key's.
/// </summary>
internal static class MapForm
{
    public static string Of(SyncMap map)
    {
        var text = new StringBuilder();
        Add(text, map.Source.Name, map.Target.Name, map.Direction.ToString(), map.Filter);
        foreach (var column in map.Columns.Where(static column => column.IsKey).Concat(map.Columns.Where(static column => !column.IsKey).OrderBy(static column => column.Target, StringComparer.Ordinal)))
        {
            Add(text, column.Target, column.Source, column.Sql, column.IsKey ? "key" : null);
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 12));
    }

    // With its length, so that no text can pass for two.
    private static void Add(StringBuilder text, params ReadOnlySpan<string?> parts)
    {
        foreach (var part in parts)
        {
            text.Append(part?.Length ?? -1).Append(':').Append(part).Append(';');
        }
    }
}
