namespace DualDb.Consistency.Monitoring.Statements;

/// <summary>Compares statements by their text, most of which are the same string: a few characters tell the others apart.</summary>
internal sealed class StatementText : IEqualityComparer<string>
{
    public static readonly StatementText Comparer = new();

    private const int Step = 16;

    private static readonly string[] Writes = ["insert into ", "update ", "delete from ", "merge into "];

    /// <summary>Whether a statement only reads: it selects, and no part of it in front writes. One that begins with a remark is not taken for a reading one.</summary>
    public static bool IsRead(string sql)
    {
        var text = sql.AsSpan().TrimStart().TrimStart('(').TrimStart();
        if (text.StartsWith("select", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        return text.StartsWith("with", StringComparison.OrdinalIgnoreCase) && !Array.Exists(Writes, word => sql.Contains(word, StringComparison.OrdinalIgnoreCase));
    }

    public bool Equals(string? x, string? y) => ReferenceEquals(x, y) || string.Equals(x, y, StringComparison.Ordinal);

    public int GetHashCode(string obj)
    {
        var hash = obj.Length;
        for (var place = obj.Length - 1; place >= 0; place -= Step)
        {
            hash = (hash * 31) + obj[place];
        }

        return hash;
    }
}
