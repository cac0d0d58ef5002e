namespace DualDb.Migrations;

/// <summary>What a dry run has tried.</summary>
/// <param name="Tried">The migrations of which statements were run, and rolled back.</param>
/// <param name="NotRun">Statements that were passed over, since they cannot run in a transaction, or not in one with others, or depend on one that was passed over; and migrations of code.</param>
public sealed record MigrationDryRun(IReadOnlyList<MigrationId> Tried, IReadOnlyList<SkippedStatement> NotRun);

/// <summary>A statement that a dry run passed over.</summary>
/// <param name="Id">Its migration, or its file of rows.</param>
/// <param name="Statement">Which it is there, from 1; null for a migration of code.</param>
public sealed record SkippedStatement(MigrationId Id, int? Statement)
{
    /// <summary>What was passed over before, and may be why this one could not run; null where it was not tried at all.</summary>
    public SkippedStatement? DependsOn { get; init; }

    /// <summary>What the server said of it, with its code; null where it was not tried at all.</summary>
    public string? Answer { get; init; }

    /// <summary>Which it is and why it was not tried, for people.</summary>
    public override string ToString() => this switch
    {
        { DependsOn: { } cause } => $"{Name(this)}: depends on {Name(cause)}, which was not tried either ({Answer})",
        { Statement: null } => $"{Id}, which is code",
        _ => $"{Name(this)}, which cannot run in a transaction with others",
    };

    private static string Name(SkippedStatement one) => one.Statement is { } number ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"statement {number} of {one.Id}") : one.Id.ToString();
}
