using System.Globalization;
using DualDb.Errors;
using DualDb.Migrations.Files;
using DualDb.Migrations.Linting;
using DualDb.Migrations.Running;
using Npgsql;

namespace DualDb.Migrations.Preflight;

/// <summary>How much room a plan needs that writes tables anew, or brings them from the other database. Servers do not say how much is free: it is for people to compare.</summary>
internal static class Room
{
    private const string Sizes = """
        select coalesce(pg_total_relation_size(to_regclass($1)), -1), pg_database_size(current_database())
        """;

    private static readonly string[] Units = ["bytes", "kB", "MB", "GB", "TB"];

    /// <summary>What is to be known.</summary>
    public static async Task<IReadOnlyList<MigrationRemark>> RemarksAsync(RunDatabases databases, MigrationPlan plan, CancellationToken cancellationToken)
    {
        var remarks = new List<MigrationRemark>();
        foreach (var database in databases.Both)
        {
            try
            {
                foreach (var (migration, statement) in PendingStatements.Of(plan, database.Kind))
                {
                    var place = string.Create(CultureInfo.InvariantCulture, $"{migration.Source}({statement.Line})");
                    if (statement.Moved is { } move && migration.Phase == MigrationPhase.Backfill)
                    {
                        var source = databases.Of(database.Kind == Database.Neon ? Database.Supabase : Database.Neon);
                        var (needed, _) = await AskAsync(source, move.From.ToString(), cancellationToken).ConfigureAwait(false);
                        var (_, there) = await AskAsync(database, move.To.ToString(), cancellationToken).ConfigureAwait(false);
                        Add(remarks, database, needed, $"{place} brings {move.From} from {source.Kind}, where it takes {Text(needed)}; {database.Kind} holds {Text(there)} by now, and needs as much room for it");
                    }
                    else if (RewrittenBy(statement.Text) is { } table)
                    {
                        var (needed, there) = await AskAsync(database, table, cancellationToken).ConfigureAwait(false);
                        Add(remarks, database, needed, $"{place} writes {table} anew, which takes {Text(needed)} of the {Text(there)} in {database.Kind}: while it runs, as much room is needed once more");
                    }
                }
            }
            catch (Exception exception) when (exception is not OperationCanceledException and not DualDbException)
            {
                throw ErrorTranslator.Translate(exception, database.Kind, entity: null, "Looking how large tables are");
            }
        }

        return remarks;
    }

    private static void Add(List<MigrationRemark> remarks, PostgresDatabase database, long needed, string text)
    {
        if (needed >= 0)
        {
            remarks.Add(new MigrationRemark(database.Kind, text + ". The server does not say how much is free: look."));
        }
    }

    /// <summary>The table that a statement writes anew; null for none. A type that only widens is counted as well: whether rows have to be written, only the server knows.</summary>
    private static string? RewrittenBy(string text)
    {
        var words = StatementText.WordsOf(text);
        if (words.Say(0, "vacuum") && words.Find("full") is > 0 and var full)
        {
            // As 'vacuum (full, analyze) orders', or 'vacuum full verbose orders'.
            while (words[1] is "(" && full < words.Count && words[full] is not ")")
            {
                full++;
            }

            full++;
            return NameAt(words.SayAny(full, "verbose", "analyze", "freeze") ? full + 1 : full);
        }

        if (words.Say(0, "cluster"))
        {
            return NameAt(words.Say(1, "verbose") ? 2 : 1);
        }

        return words.Say(0, "alter", "table") && (words.Find("type") > 0 || words.Find("logged") > 0 || words.Find("unlogged") > 0)
            ? NameAt(words.Say(2, "if", "exists") ? (words.Say(4, "only") ? 5 : 4) : words.Say(2, "only") ? 3 : 2)
            : null;

        string? NameAt(int at) => words.NameAt(at).Name is { Length: > 0 } name && (char.IsLetter(name[0]) || name[0] is '_' or '"') ? name : null;
    }

    // A remark is nobody's obstacle: what the role may not look at is passed over, as is a name that only the run can read.
    private static async Task<(long Table, long Database)> AskAsync(PostgresDatabase database, string table, CancellationToken cancellationToken)
    {
        try
        {
            return (await Asking.ListAsync(database, Sizes, [Asking.Text(table)], static reader => (reader.GetInt64(0), reader.GetInt64(1)), cancellationToken).ConfigureAwait(false))[0];
        }
        catch (PostgresException)
        {
            return (-1, 0);
        }
    }

    private static string Text(long bytes)
    {
        var (size, unit) = ((double)bytes, 0);
        while (size >= 1024 && unit < Units.Length - 1)
        {
            (size, unit) = (size / 1024, unit + 1);
        }

        return string.Create(CultureInfo.InvariantCulture, $"{size:0.#} {Units[unit]}");
    }
}
