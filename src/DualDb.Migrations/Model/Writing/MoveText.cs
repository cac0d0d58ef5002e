namespace DualDb.Migrations.Model.Writing;

/// <summary>What a file says of a move, for whoever reads it.</summary>
internal static class MoveText
{
    public static string Of(MigrationPhase phase, TableModel from, TableModel to) => phase switch
    {
        MigrationPhase.Backfill =>
            $"""
            -- Copies the rows of {from.FullName} from {from.Database}, some at a time, while the application goes on to write them there; then all are compared.
            -- What is written there later stays in the log, and is brought along by the next phase.
            """,
        MigrationPhase.Switch =>
            $"""
            -- Brings along what was written to {from.FullName} in {from.Database} since, and compares all rows. Then {from.Database} refuses writes to it, the last ones are brought along, and {to.Database} takes over.
            -- Release the version of the application whose entity is marked [{to.Database}] right behind it.
            """,
        _ => $"-- Goes on only where nothing was written to {from.FullName} in {from.Database} since the switch.",
    };
}
