using DualDb.Migrations.Files;
using DualDb.Migrations.Model;
using Npgsql;

namespace DualDb.Migrations.Moving;

/// <summary>Lets a table refuse what is written to it, with a message that says where to write instead.</summary>
internal static class WriteStop
{
    public const string Trigger = "dualdb_moved";

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

    /// <summary>The statements that make a table refuse writes: it waits for those who are writing, and they are done when it is there.</summary>
    public static IEnumerable<string> On(string table, string message, string hint) =>
    [
        Function,
        $"drop trigger if exists {Trigger} on {table}",
        $"create trigger {Trigger} before insert or update or delete or truncate on {table} for each statement execute function dualdb.refuse_write({SqlName.Literal(message)}, {SqlName.Literal(hint)})",

        // Also for who replays a dump with triggers off.
        $"alter table {table} enable always trigger {Trigger}",
    ];

    /// <summary>The statement that lets a table take writes again.</summary>
    public static string Off(string table) => $"drop trigger if exists {Trigger} on {table}";
}
