namespace DualDb.Consistency.Sync.Verification.Runs;

/// <summary>The words of the tables.</summary>
internal static class Words
{
    public const string Orphan = "orphan";

    private static readonly string[] Reasons = ["asked", "scheduled", "counts", "pause"];
    private static readonly string[] Kinds = ["missing_in_target", "missing_in_source", "different"];

    public static string Of(VerificationReason reason) => Reasons[(int)reason];

    public static string Of(DifferenceKind kind) => Kinds[(int)kind];

    public static VerificationReason Reason(string word) => (VerificationReason)Math.Max(0, Array.IndexOf(Reasons, word));

    /// <summary>Null for an orphan.</summary>
    public static DifferenceKind? Kind(string word) => Array.IndexOf(Kinds, word) is >= 0 and var place ? (DifferenceKind)place : null;
}
