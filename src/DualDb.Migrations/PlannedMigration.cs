using DualDb.Migrations.Files;
using DualDb.Migrations.History;
using DualDb.Migrations.Linting;
using DualDb.Migrations.Planning;

namespace DualDb.Migrations;

/// <summary>A migration that a plan will apply.</summary>
public sealed class PlannedMigration
{
    internal PlannedMigration(Migration migration, HistoryRow? row)
    {
        Migration = migration;
        Row = row is { IsReverted: false } && !Repeatables.BeginsAnew(migration, row) ? row : null;
    }

    /// <summary>Which it is.</summary>
    public MigrationId Id => Migration.Id;

    /// <summary>Its file, or the type of a migration of code.</summary>
    public string Source => Migration.Source;

    /// <summary>Its phase.</summary>
    public MigrationPhase Phase => Migration.Phase;

    /// <summary>What it says that it requires.</summary>
    public IReadOnlyList<MigrationId> Requires => Migration.Requires;

    /// <summary>A hash of its statements.</summary>
    public string Checksum => Migration.Checksum;

    /// <summary>How many statements it has; 0 for a migration of code.</summary>
    public int Statements => Migration.StatementCount;

    /// <summary>How many of them, or how many batches, an earlier start has done.</summary>
    public int Done => Row?.Done ?? 0;

    /// <summary>Whether it holds statements that cannot run in a transaction: where it fails, those before them stay.</summary>
    public bool LeavesTransactions => Migration.LeavesTransactions;

    /// <summary>How many rows a transaction takes of an update that is divided, or of a table that is moved (<c>-- batch: 5000</c>); null where the file says nothing.</summary>
    public int? Batch => (Migration as SqlMigration)?.Batch;

    /// <summary>The tables that change the database with it (<c>-- move: storefront.wishes</c>), as the file names them.</summary>
    public IReadOnlyList<string> Moves => Migration is SqlMigration sql ? [.. sql.Moves.Select(static move => move.ToString())] : [];

    /// <summary>Whether it says how it is undone.</summary>
    public bool HasDown => Migration.HasDown;

    /// <summary>
    /// Whether it takes away what its database holds: it is of the phase <c>contract</c>, or a statement of it that is not done yet drops a table, a column, or what holds them, empties a table, or overwrites a column in all rows. It is told by
    /// the text, whatever the file accepts of the lint; what functions do that it calls is not known.
    /// </summary>
    public bool TakesAway => Phase == MigrationPhase.Contract || LosingLines.Count > 0;

    /// <summary>The lines that such statements begin in.</summary>
    internal IReadOnlyList<int> LosingLines => Migration is SqlMigration sql ? [.. MigrationLosses.In(sql, Done).Select(static statement => statement.Line)] : [];

    internal Migration Migration { get; }

    internal HistoryRow? Row { get; }

    /// <summary>Whether it is a way back, that is looked at as a way forward is.</summary>
    internal bool IsBack { get; init; }
}
