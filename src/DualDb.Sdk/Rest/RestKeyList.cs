using DualDb.Mapping;

namespace DualDb.Rest;

/// <summary>Many keys as conditions, in groups that an address has room for.</summary>
internal static class RestKeyList
{
    /// <summary>What tells a key from all others.</summary>
    public static string NameOf(IReadOnlyList<string> parts)
        => parts is [var single] ? single : string.Concat(parts.Select(static part => part.Length.ToString(System.Globalization.CultureInfo.InvariantCulture) + ":" + part));

    /// <summary>The conditions, as values of the parameter <c>and</c>, and how many rows can meet them.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="keys">The keys.</param>
    /// <param name="room">How many characters an address has for them.</param>
    public static IEnumerable<(string Conditions, int Rows)> Groups(RestColumns columns, IReadOnlyList<IReadOnlyList<string>> keys, int room)
        => columns.Key.Count == 1
            ? Chunks(keys.Select(static key => key[0]), room).Select(values => (InGroup(RestNames.Quote(columns.Key[0].Name), values), values.Count))
            : Parts(keys.Select(key => AllOf(columns.Key, key)), room, LengthOf).Select(static conditions => ("(or(" + string.Join(',', conditions) + "))", conditions.Count));

    /// <summary>Values in lists of so many as an address has room for.</summary>
    /// <param name="values">The values.</param>
    /// <param name="room">How many characters it has for them; of one value none need be.</param>
    public static IEnumerable<IReadOnlyList<string>> Chunks(IEnumerable<string> values, int room) => Parts(values, room, static value => LengthOf(RestNames.Text(value)));

    private static IEnumerable<IReadOnlyList<string>> Parts(IEnumerable<string> values, int room, Func<string, int> lengthOf)
    {
        var chunk = new List<string>();
        var length = 0;
        foreach (var value in values)
        {
            var size = lengthOf(value);
            if (length + size > room && chunk.Count > 0)
            {
                yield return chunk;
                (chunk, length) = ([], 0);
            }

            chunk.Add(value);
            length += size;
        }

        if (chunk.Count > 0)
        {
            yield return chunk;
        }
    }

    /// <summary>Conditions and other conditions, as one value of the parameter <c>and</c>.</summary>
    public static string Both(string? conditions, string others) => conditions is null ? others : $"(and{conditions},and{others})";

    public static string InGroup(string path, IReadOnlyList<string> values)
    {
        var filter = new RestFilter();
        filter.In(path, values);
        return filter.Group()!;
    }

    /// <summary>The rows behind a key in the order of the keys.</summary>
    public static string After(RestColumns columns, IReadOnlyList<string> parts)
    {
        var filter = new RestFilter();
        filter.Join(isAnd: false, () =>
        {
            for (var last = 0; last < parts.Count; last++)
            {
                var part = last;
                filter.Join(isAnd: true, () =>
                {
                    for (var i = 0; i <= part; i++)
                    {
                        filter.Compare(RestNames.Quote(columns.Key[i].Name), i < part ? "eq" : "gt", parts[i]);
                    }
                });
            }
        });
        return filter.Group()!;
    }

    private static string AllOf(IReadOnlyList<ColumnInfo> columns, IReadOnlyList<string> parts)
    {
        var filter = new RestFilter();
        foreach (var (column, part) in columns.Zip(parts))
        {
            filter.Compare(RestNames.Quote(column.Name), "eq", part);
        }

        return "and" + filter.Group();
    }

    // With the comma behind it, which is encoded as well: %2C.
    private static int LengthOf(string text) => 3 + Uri.EscapeDataString(text).Length;
}
