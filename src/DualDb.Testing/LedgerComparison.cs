using System.Globalization;

namespace DualDb.Testing;

/// <summary>What a database holds, beside what the writers know.</summary>
/// <param name="Lost">Confirmed, and not there.</param>
/// <param name="Invented">There, although it was rolled back or never begun.</param>
/// <param name="Repeated">There more than once.</param>
/// <param name="Committed">How many were confirmed.</param>
/// <param name="Unknown">How many nobody knew of.</param>
/// <param name="UnknownFound">How many of those are there: both is right.</param>
public sealed record LedgerComparison(IReadOnlyList<string> Lost, IReadOnlyList<string> Invented, IReadOnlyList<string> Repeated, int Committed, int Unknown, int UnknownFound)
{
    private const int Shown = 20;

    /// <summary>Whether nothing is lost, invented or repeated.</summary>
    public bool IsExact => Lost.Count == 0 && Invented.Count == 0 && Repeated.Count == 0;

    /// <summary>The figures, and the first of what is wrong.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Committed} committed, {Unknown} of unknown outcome, {UnknownFound} of those found; lost: {List(Lost)}; invented: {List(Invented)}; repeated: {List(Repeated)}");

    private static string List(IReadOnlyList<string> writes) => writes.Count switch
    {
        0 => "none",
        <= Shown => string.Join(", ", writes),
        _ => string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", writes.Take(Shown))} and {writes.Count - Shown} more"),
    };
}
