using DualDb.ChangeLog;
using DualDb.Migrations.Files;
using DualDb.Migrations.Locks;
using DualDb.Migrations.Running;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Migrations.Moving;

/// <summary>How far a table has come on its way here, as the database says that it comes to; in a table that is made with the first move.</summary>
/// <param name="Migration">The migration that copies it.</param>
/// <param name="Stage">One of the constants here.</param>
/// <param name="Position">
/// The position in the other database's log up to which the rows are as they are there. While more changes are brought than one transaction should hold, it also says up to where what was changed since is gone from here: what is there of it again
/// has come anew.
/// </param>
/// <param name="After">The key of the last row that was copied, in texts; null where none was.</param>
internal sealed record MoveState(string Migration, string Stage, string Position, string[]? After)
{
    /// <summary>Rows are copied in the order of their keys.</summary>
    public const string Copying = "copying";

    /// <summary>All rows are there.</summary>
    public const string Copied = "copied";

    /// <summary>This database has the table now.</summary>
    public const string Switched = "switched";

    /// <summary>Creates the table of moves where it is missing.</summary>
    public const string Create = """
        create table if not exists dualdb.moved_tables
        (
            table_schema text not null,
            table_name text not null,
            migration text not null,
            stage text not null check (stage in ('copying', 'copied', 'switched')),
            position text not null,
            after text[],
            run_id uuid not null,
            changed_at timestamptz not null default clock_timestamp(),
            primary key (table_schema, table_name)
        )
        """;

    private const string Find = "select migration, stage, position, after from dualdb.moved_tables where table_schema = $1 and table_name = $2";

    private const string Save = """
        insert into dualdb.moved_tables as m (table_schema, table_name, migration, stage, position, after, run_id) values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (table_schema, table_name) do update set
            migration = excluded.migration, stage = excluded.stage, position = excluded.position, after = excluded.after, run_id = excluded.run_id, changed_at = clock_timestamp()
        """;

    private const string Forget = "delete from dualdb.moved_tables where table_schema = $1 and table_name = $2";

    /// <summary>Whether all rows are there.</summary>
    public bool IsComplete => !string.Equals(Stage, Copying, StringComparison.Ordinal);

    /// <summary>Whether the database has the table now.</summary>
    public bool IsSwitched => string.Equals(Stage, Switched, StringComparison.Ordinal);

    /// <summary>Where the rows are as they are in the other database.</summary>
    public ChangeLogPosition ParsePosition() => ChangeLogPosition.Parse(Position);

    /// <summary>Reads it; null where the table was never moved here.</summary>
    public static async Task<MoveState?> ReadAsync(NpgsqlConnection connection, TableName table, CancellationToken cancellationToken)
    {
        using (var asking = new NpgsqlCommand("select to_regclass('dualdb.moved_tables') is not null", connection))
        {
            if (await asking.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is not true)
            {
                return null;
            }
        }

        using var command = new NpgsqlCommand(Find, connection) { Parameters = { Text(table.Schema), Text(table.Name) } };
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var closed = reader.ConfigureAwait(false);
        return await reader.ReadAsync(cancellationToken).ConfigureAwait(false)
            ? new MoveState(
                reader.GetString(0), reader.GetString(1), reader.GetString(2), await reader.IsDBNullAsync(3, cancellationToken).ConfigureAwait(false) ? null : reader.GetFieldValue<string[]>(3))
            : null;
    }

    /// <summary>Writes it, in the transaction of the rows.</summary>
    public async Task WriteAsync(RunContext run, NpgsqlConnection connection, TableName table, CancellationToken cancellationToken)
    {
        using var command = new NpgsqlCommand(Save, connection)
        {
            Parameters =
            {
                Text(table.Schema), Text(table.Name), Text(Migration), Text(Stage), Text(Position), new NpgsqlParameter { Value = (object?)After ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text }, LeaseSql.Value(run.RunId),
            },
        };
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Forgets a table.</summary>
    public static async Task ForgetAsync(NpgsqlConnection connection, TableName table, CancellationToken cancellationToken)
    {
        using var command = new NpgsqlCommand(Forget, connection) { Parameters = { Text(table.Schema), Text(table.Name) } };
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private static NpgsqlParameter Text(string value) => new NpgsqlParameter<string> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Text };
}
