using System.Globalization;
using DualDb.Migrations.Files;
using DualDb.Migrations.Model;
using Npgsql;

namespace DualDb.Migrations.Moving;

/// <summary>Lets a table refuse what is written to it, with a message that says where to write instead.</summary>
internal static class WriteStop
{
    public const string Trigger = "dualdb_moved";

    /// <summary>What a trigger says of a table that is going.</summary>
    public const string Old = "old";

    /// <summary>What a trigger says of a table that is coming.</summary>
    public const string New = "new";

    /// <summary>What the migrator says before it writes itself; for the rest of its transaction.</summary>
    public const string Pass = "select set_config('dualdb.moving', 'on', true)";

    private const string Function = """
        create or replace function dualdb.refuse_write() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $dualdb$
        begin
            if current_setting('dualdb.moving', true) = 'on' then
                return null;
            end if;
            raise exception using errcode = 'object_not_in_prerequisite_state', message = tg_argv[0], hint = tg_argv[1];
        end
        $dualdb$
        """;

    private const string Find = "select exists (select from pg_trigger where tgrelid = to_regclass($1) and tgname = 'dualdb_moved' and tgenabled <> 'D')";

    /// <summary>Whether a table refuses writes.</summary>
    public static async Task<bool> IsOnAsync(NpgsqlConnection connection, TableName table, CancellationToken cancellationToken)
    {
        using var command = new NpgsqlCommand(Find, connection) { Parameters = { new NpgsqlParameter<string> { TypedValue = table.ToString() } } };
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is true;
    }

    /// <summary>The statements that make a table refuse writes where it comes from.</summary>
    /// <param name="table">The table.</param>
    /// <param name="since">When that is.</param>
    public static IEnumerable<string> OnOld(MovedTable table, DateTimeOffset since) => On(table.From, table.GoneMessage, table.GoneHint(since), since, Old, table.Move.To.ToString());

    /// <summary>The statements that make a table refuse writes where it goes to.</summary>
    /// <param name="table">The table.</param>
    /// <param name="since">When that is.</param>
    public static IEnumerable<string> OnNew(MovedTable table, DateTimeOffset since) => On(table.To, table.EarlyMessage, table.EarlyHint, since, New, table.Move.From.ToString());

    /// <summary>A time as it is told, and as a trigger keeps it.</summary>
    public static string Text(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    // It waits for those who are writing, and they are done when it is there. What the function does not read is for those who look at how things stand.
    private static IEnumerable<string> On(string table, string message, string hint, DateTimeOffset since, string side, string other) =>
    [
        Function,
        $"drop trigger if exists {Trigger} on {table}",
        $"create trigger {Trigger} before insert or update or delete or truncate on {table} for each statement execute function "
            + $"dualdb.refuse_write({string.Join(", ", ((string[])[message, hint, Text(since), side, other]).Select(SqlName.Literal))})",

        // Also for who replays a dump with triggers off.
        $"alter table {table} enable always trigger {Trigger}",
    ];

    /// <summary>The statement that lets a table take writes again.</summary>
    public static string Off(string table) => $"drop trigger if exists {Trigger} on {table}";
}
