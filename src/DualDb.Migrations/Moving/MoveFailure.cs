using DualDb.Migrations.Files;
using DualDb.Migrations.Files.Sql;
using DualDb.Migrations.Running;
using Npgsql;

namespace DualDb.Migrations.Moving;

/// <summary>Says why a table could not be moved.</summary>
/// <param name="migration">The migration.</param>
/// <param name="statement">The move, or the first of several.</param>
/// <param name="tables">The tables.</param>
internal sealed class MoveFailure(SqlMigration migration, SqlStatement statement, IReadOnlyList<MovedTable> tables)
{
    /// <summary>What somebody has to see to.</summary>
    /// <param name="reason">A sentence with the next step.</param>
    public MigrationFailedException Of(string reason) => Of(reason, null);

    /// <summary>What a server answered.</summary>
    public MigrationFailedException Of(PostgresException answer)
        => Of($"{answer.SqlState}: {ServerAnswer.TextOf(answer)}. What was committed stays; put it right and run again, and the move goes on.", ServerAnswer.WithoutValues(answer));

    private MigrationFailedException Of(string reason, PostgresException? answer)
        => new($"{migration.Source}({statement.Line.ToString(System.Globalization.CultureInfo.InvariantCulture)}): the move of {string.Join(", ", tables)} failed in {migration.Id}: {reason}", answer)
        {
            Database = migration.Id.Database, Id = migration.Id, Line = statement.Line, SqlState = answer?.SqlState,
        };
}
