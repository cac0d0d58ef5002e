using System.Globalization;
using System.Text;
using DualDb.Migrations.Files;
using Npgsql;

namespace DualDb.Migrations.Moving;

/// <summary>Finds tables that take writes in neither database: their switch, or its way back, has stopped them and is not through.</summary>
internal static class StoppedTables
{
    private const string Triggers = """
        select n.nspname::text, c.relname::text, t.tgargs from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace where t.tgname = 'dualdb_moved' and t.tgenabled <> 'D'
        """;

    private const string IsThere = "select to_regclass('dualdb.moved_tables') is not null";

    private const string Switched = "select table_schema, table_name from dualdb.moved_tables where stage = 'switched'";

    /// <summary>Finds them. Nothing is known where a database cannot be asked, or its role may not read what is moved: a switch that is through looks the same from the other one.</summary>
    public static async Task<IReadOnlyList<StoppedWrites>> FindAsync(PostgresDatabase neon, PostgresDatabase supabase, CancellationToken cancellationToken)
    {
        var sides = await Task.WhenAll(LookAsync(neon, cancellationToken), LookAsync(supabase, cancellationToken)).ConfigureAwait(false);
        return sides is [{ } one, { } other] ? [.. Between(one, other), .. Between(other, one)] : [];
    }

    private static IEnumerable<StoppedWrites> Between(Side from, Side to)
    {
        foreach (var (table, since, mark, other) in from.Stopped.Where(static one => string.Equals(one.Mark, WriteStop.Old, StringComparison.Ordinal)))
        {
            var isSwitched = to.Switched.Contains(other);
            if (!isSwitched || to.Stopped.Any(one => string.Equals(one.Table, other, StringComparison.Ordinal)))
            {
                yield return new StoppedWrites(from.Database, table, to.Database, other, since, isSwitched);
            }
        }
    }

    private static async Task<Side?> LookAsync(PostgresDatabase database, CancellationToken cancellationToken)
    {
        try
        {
            return await MoveSession.AskAsync(database, (connection, token) => LookAsync(connection, database.Kind, token), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is NpgsqlException or DualDbException)
        {
            return null;
        }
    }

    private static async Task<Side> LookAsync(NpgsqlConnection connection, Database database, CancellationToken cancellationToken)
    {
        var side = new Side(database, [], []);
        using (var command = new NpgsqlCommand(Triggers, connection))
        {
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using var closed = reader.ConfigureAwait(false);
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                // The trigger's arguments: message, hint, since when, which side, and the table of the other one. An earlier version wrote the first two.
                var arguments = Encoding.UTF8.GetString(reader.GetFieldValue<byte[]>(2)).Split('\0');
                if (arguments.Length > 4 && DateTimeOffset.TryParse(arguments[2], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var since))
                {
                    side.Stopped.Add((new TableName(reader.GetString(0), reader.GetString(1)).ToString(), since, arguments[3], arguments[4]));
                }
            }
        }

        using var asking = new NpgsqlCommand(IsThere, connection);
        if (await asking.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is true)
        {
            using var command = new NpgsqlCommand(Switched, connection);
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using var closed = reader.ConfigureAwait(false);
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                side.Switched.Add(new TableName(reader.GetString(0), reader.GetString(1)).ToString());
            }
        }

        return side;
    }

    /// <summary>What one database says.</summary>
    private sealed record Side(Database Database, List<(string Table, DateTimeOffset Since, string Mark, string Other)> Stopped, HashSet<string> Switched);
}
