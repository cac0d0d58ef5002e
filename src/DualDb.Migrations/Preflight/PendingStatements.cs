using DualDb.Migrations.Files;
using DualDb.Migrations.Files.Sql;

namespace DualDb.Migrations.Preflight;

/// <summary>What of a plan is still to be run.</summary>
internal static class PendingStatements
{
    /// <summary>The statements of a plan in one database that are not done, with their files.</summary>
    public static IEnumerable<(SqlMigration Migration, SqlStatement Statement)> Of(MigrationPlan plan, Database database)
        => plan.Migrations.Where(planned => planned.Id.Database == database).SelectMany(Of);

    /// <summary>Those of one migration.</summary>
    public static IEnumerable<(SqlMigration Migration, SqlStatement Statement)> Of(PlannedMigration planned)
        => planned.Migration is SqlMigration migration ? migration.Up.SelectMany(static segment => segment.Statements).Skip(planned.Done).Select(statement => (migration, statement)) : [];
}
