using NpgsqlTypes;

namespace DualDb.Mapping;

/// <summary>
/// Texts: equal when their characters are, sorted by code point, which is the order of UTF-8's bytes and of the collation <c>C</c>. Sorting
/// UTF-16's units would put what lies beyond U+FFFF before what lies just below.
/// </summary>
internal sealed class TextOrder : WireOrder<string>
{
    private TextOrder()
    {
    }

    public static WireOrder<string>? For(NpgsqlDbType type, string? cast) => (type, cast) switch
    {
        _ when IsCaseless(cast) => new CaselessOrder(),
        (_, not null) => new NamedOrder(cast),
        (NpgsqlDbType.Char, _) => new PaddedOrder(),
        (NpgsqlDbType.Jsonb, _) => new JsonOrder(),
        (NpgsqlDbType.Json, _) => null,
        _ => new TextOrder(),
    };

    /// <summary>Whether a type is <c>citext</c>, wherever the extension is installed.</summary>
    public static bool IsCaseless(string? cast) => cast is "citext" or "public.citext" or "extensions.citext";

    public override int Compare(string left, string right) => CodePoints(left, right);

    public override bool AreEqual(string left, string right) => string.Equals(left, right, StringComparison.Ordinal);

    public static int CodePoints(string left, string right)
    {
        var common = left.AsSpan().CommonPrefixLength(right);
        if (common == left.Length || common == right.Length)
        {
            return left.Length.CompareTo(right.Length);
        }

        var (a, b) = (left[common], right[common]);
        var (aIsPart, bIsPart) = (char.IsSurrogate(a), char.IsSurrogate(b));

        // A surrogate belongs to a code point beyond all that need none.
        return aIsPart == bIsPart ? a.CompareTo(b) : aIsPart.CompareTo(bIsPart);
    }

    /// <summary><c>char(n)</c>: blanks at the end do not count.</summary>
    private sealed class PaddedOrder : WireOrder<string>
    {
        public override int Compare(string left, string right) => CodePoints(left.TrimEnd(' '), right.TrimEnd(' '));
    }

    /// <summary><c>citext</c>: the case does not count.</summary>
    private sealed class CaselessOrder : WireOrder<string>
    {
        public override int Compare(string left, string right) => CodePoints(left.ToLowerInvariant(), right.ToLowerInvariant());
    }

    /// <summary>A type of the user's: its names can be told apart, but an enum's order is known to its declaration alone.</summary>
    private sealed class NamedOrder(string type) : WireOrder<string>
    {
        public override bool AreEqual(string left, string right) => string.Equals(left, right, StringComparison.Ordinal);

        public override int Compare(string left, string right)
            => throw new NotSupportedException($"How PostgreSQL sorts values of the type {type} cannot be told in memory. Ask the database.");
    }

    /// <summary><c>jsonb</c>.</summary>
    private sealed class JsonOrder : WireOrder<string>
    {
        public override bool AreEqual(string left, string right) => JsonDocuments.AreEqual(left, right);

        public override int Compare(string left, string right)
            => throw new NotSupportedException("How PostgreSQL sorts jsonb cannot be told in memory. Ask the database.");
    }
}
