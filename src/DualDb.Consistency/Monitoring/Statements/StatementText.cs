namespace DualDb.Consistency.Monitoring.Statements;

/// <summary>Compares statements by their text, most of which are the same string: a few characters tell the others apart.</summary>
internal sealed class StatementText : IEqualityComparer<string>
{
    public static readonly StatementText Comparer = new();

    private const int Step = 16;

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
