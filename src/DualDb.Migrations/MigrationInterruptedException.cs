using System.Globalization;

namespace DualDb.Migrations;

/// <summary>
/// A run broke off since a database could not be reached any more, or gave an answer that was none to a statement. What had been committed is in the history, nothing is recorded by half, and the next run goes on where this one stood.
/// </summary>
/// <param name="message">What happened, where the run stood, and the next step.</param>
/// <param name="innerException">What happened: a <see cref="DatabaseUnavailableException"/>, for instance, or a <see cref="CommitOutcomeUnknownException"/>.</param>
public sealed class MigrationInterruptedException(string message, Exception innerException) : DualDbException(message, innerException)
{
    /// <inheritdoc/>
    public override string Message => base.Message + List(IsUndoing ? "\nUndone before it" : "\nApplied before it", IsUndoing ? Undone : Applied);

    /// <summary>The migration, or the file of rows, that the run stood in.</summary>
    public required MigrationId Id { get; init; }

    /// <summary>The statement, from 1, that the next run goes on with; the one behind it, where a commit took effect whose reply was lost. Null in a migration of code and in a file of rows.</summary>
    public int? Statement { get; init; }

    /// <summary>Whether the migration was being undone.</summary>
    public bool IsUndoing { get; init; }

    /// <summary>What the run has applied, in order.</summary>
    public IReadOnlyList<MigrationId> Applied { get; internal set; } = [];

    /// <summary>What was undone, in the order in which that happened.</summary>
    public IReadOnlyList<MigrationId> Undone { get; internal set; } = [];

    /// <summary>What somebody had changed without a migration since the last run, as it was found before the first statement: see <see cref="MigrationOptions.OnDrift"/>. The next run does not tell it again.</summary>
    public IReadOnlyList<DriftDifference> Drift => this.GetMigrationDrift();

    /// <summary>Whether an exception within a step is one that breaks a run off, and not one that tells by itself how the migration stands.</summary>
    internal static bool Is(Exception exception)
        => exception is DualDbException and not (MigrationFailedException or MigrationInDoubtException or MigrationInterruptedException or MigrationLeaseLostException or MigrationLockedException or MigrationFileException);

    internal static MigrationInterruptedException Of(MigrationId id, int? statement, bool isUndoing, Exception cause)
    {
        var place = statement is { } number ? string.Create(CultureInfo.InvariantCulture, $" at statement {number}{(isUndoing ? " of its way down" : "")}") : "";
        return new MigrationInterruptedException(
            $"{cause.Message} The run broke off in {id}{place}; nothing is recorded by half. Run again, and the run goes on there: dualdb migrations resume.", cause)
        {
            Database = (cause as DualDbException)?.Database ?? id.Database, Id = id, Statement = statement, IsUndoing = isUndoing,
        };
    }

    private static string List(string what, IReadOnlyList<MigrationId> ids) => ids.Count == 0 ? "" : $"{what}: {string.Join(", ", ids)}.";
}
