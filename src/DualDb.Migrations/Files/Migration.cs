using DualDb.Migrations.Planning;

namespace DualDb.Migrations.Files;

/// <summary>A migration, as its source has it.</summary>
internal abstract record Migration : IOrderedMigration
{
    /// <summary>Which it is.</summary>
    public required MigrationId Id { get; init; }

    /// <summary>Where it was found, for messages.</summary>
    public required string Source { get; init; }

    /// <summary>What must have been applied before.</summary>
    public IReadOnlyList<MigrationId> Requires { get; init; } = [];

    /// <inheritdoc/>
    public int? RequiresLine { get; init; }

    /// <summary>Whether it says itself what it requires, so that those before it in its database are not taken to be required.</summary>
    public bool SaysRequires { get; init; }

    /// <summary>What must not have been applied.</summary>
    public IReadOnlyList<MigrationId> Conflicts { get; init; } = [];

    /// <summary>The phase.</summary>
    public MigrationPhase Phase { get; init; }

    /// <summary>How long a statement of it may take; null for the option's.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>A hash of what it does.</summary>
    public string Checksum => ChecksumOf(StatementCount)!;

    /// <summary>How many statements it has; 0 where that is not known beforehand.</summary>
    public abstract int StatementCount { get; }

    /// <summary>Whether it can be undone.</summary>
    public abstract bool HasDown { get; }

    /// <summary>Whether it holds statements that cannot run in a transaction.</summary>
    public abstract bool LeavesTransactions { get; }

    /// <summary>A hash of its first statements; null where it has fewer.</summary>
    public abstract string? ChecksumOf(int statements);
}

/// <summary>A migration of SQL.</summary>
internal sealed record SqlMigration : Migration
{
    /// <summary>The way up.</summary>
    public required IReadOnlyList<Segment> Up { get; init; }

    /// <summary>The rules of the lint that the file does not mind.</summary>
    public IReadOnlyList<string> Accepts { get; init; } = [];

    /// <summary>How many rows a transaction changes of a statement that is divided, or brings of a table that is moved; null for the usual number.</summary>
    public int? Batch { get; init; }

    /// <summary>The tables that change the database with it.</summary>
    public IReadOnlyList<TableMove> Moves => [.. Up.SelectMany(static segment => segment.Statements).Select(static statement => statement.Moved).OfType<TableMove>()];

    /// <summary>The way down: null where nothing is said of it, empty where nothing is to be done.</summary>
    public IReadOnlyList<Segment>? Down { get; init; }

    /// <inheritdoc/>
    public override int StatementCount => Up[^1].Next;

    /// <inheritdoc/>
    public override bool HasDown => Down is not null;

    /// <inheritdoc/>
    public override bool LeavesTransactions => Up.Any(static segment => segment.Statements[0].NeedsSession);

    /// <inheritdoc/>
    public override string? ChecksumOf(int statements)
        => statements > StatementCount ? null : StatementHash.Of(Up.SelectMany(static segment => segment.Statements).Take(statements));
}

/// <summary>A migration of code.</summary>
internal sealed record CodeMigration : Migration
{
    /// <summary>The code.</summary>
    public required IDataMigration Code { get; init; }

    /// <inheritdoc/>
    public override int StatementCount => 0;

    /// <inheritdoc/>
    public override bool HasDown => Code.CanBeLeft;

    /// <inheritdoc/>
    public override bool LeavesTransactions => false;

    /// <summary>Code is not compared.</summary>
    public override string ChecksumOf(int statements) => "code";
}
