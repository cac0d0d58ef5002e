using DualDb.Migrations.Files;

namespace DualDb.Migrations.Preflight;

/// <summary>Whether the role may do to both tables of a move what a move does: read, log and stop the one, fill, empty and open the other.</summary>
internal static class MoveRights
{
    /// <summary>Triggers are created by those who have the right; that one fires always is for the owner to say.</summary>
    private const string Look = """
        select current_user::text, has_schema_privilege(n.oid, 'usage'), has_table_privilege(c.oid, 'select'), has_table_privilege(c.oid, 'trigger'), pg_has_role(c.relowner, 'usage'), pg_get_userbyid(c.relowner)::text, row_security_active(c.oid)
        from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = $1 and c.relname = $2 and c.relkind in ('r', 'p')
        """;

    /// <summary>What is in the way in one database, be it the one that tables leave or the one that they go to. Tables that are not there yet are created by the plan, or missed by the move itself.</summary>
    public static async Task<IReadOnlyList<string>> ObstaclesAsync(PostgresDatabase database, MigrationPlan plan, CancellationToken cancellationToken)
    {
        var obstacles = new List<string>();
        foreach (var (migration, table, isSource) in Tables(plan, database.Kind).Distinct())
        {
            var rights = await Asking.ListAsync(
                database,
                Look,
                [Asking.Text(table.Schema), Asking.Text(table.Name)],
                static reader => new Rights(reader.GetString(0), reader.GetBoolean(1), reader.GetBoolean(2), reader.GetBoolean(3), reader.GetBoolean(4), reader.GetString(5), reader.GetBoolean(6)),
                cancellationToken).ConfigureAwait(false);
            obstacles.AddRange(rights.SelectMany(right => right.Lacking(needsOwner: !isSource || migration.Phase == MigrationPhase.Switch))
                .Select(lacking => $"{migration.Source} moves {table}, {(isSource ? "which comes from here" : "which goes here")}, and the role {lacking}"));
        }

        return obstacles;
    }

    private static IEnumerable<(SqlMigration Migration, TableName Table, bool IsSource)> Tables(MigrationPlan plan, Database database)
    {
        foreach (var (migration, statement) in plan.Migrations.SelectMany(PendingStatements.Of))
        {
            if (statement.Moved is { } move && migration.Phase != MigrationPhase.Contract)
            {
                var isSource = migration.Id.Database != database;
                yield return (migration, isSource ? move.From : move.To, isSource);
            }
        }
    }

    private sealed record Rights(string Role, bool MayUse, bool MayRead, bool MayTrigger, bool IsOwner, string Owner, bool IsSubject)
    {
        public IEnumerable<string> Lacking(bool needsOwner)
        {
            var role = $"\"{Role.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
            var grants = new[] { (MayUse, "usage on its schema"), (MayRead, "select"), (MayTrigger, "trigger") }.Where(static right => !right.Item1).Select(static right => right.Item2).ToList();
            if (grants.Count > 0)
            {
                yield return $"{role} lacks {string.Join(", ", grants)}: as its owner, grant it";
            }

            if (needsOwner && !IsOwner)
            {
                yield return $"{role} does not own it, and cannot stop writes to it for the time of the move: grant \"{Owner.Replace("\"", "\"\"", StringComparison.Ordinal)}\" to {role}, or run the migrations as that role";
            }

            if (IsSubject)
            {
                yield return $"{role} is shown some of its rows only (row-level security), and would bring no others: connect as a role that bypasses it";
            }
        }
    }
}
