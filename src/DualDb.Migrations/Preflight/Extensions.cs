using System.Globalization;
using DualDb.Migrations.Linting;

namespace DualDb.Migrations.Preflight;

/// <summary>Whether a server offers the extensions that a plan creates.</summary>
internal static class Extensions
{
    private const string Missing = "select w.name from unnest($1) w (name) where not exists (select from pg_available_extensions a where a.name = w.name)";

    /// <summary>What is in the way.</summary>
    public static async Task<IReadOnlyList<string>> ObstaclesAsync(PostgresDatabase database, MigrationPlan plan, CancellationToken cancellationToken)
    {
        var wanted = PendingStatements.Of(plan, database.Kind).Select(static one => (one.Migration.Source, one.Statement.Line, Name: NameOf(one.Statement.Text))).Where(static one => one.Name is not null).ToList();
        if (wanted.Count == 0)
        {
            return [];
        }

        var missing = await Asking.ListAsync(database, Missing, [Asking.Texts(wanted.Select(static one => one.Name!).Distinct(StringComparer.Ordinal))], static reader => reader.GetString(0), cancellationToken).ConfigureAwait(false);
        return
        [
            .. wanted.Where(one => missing.Contains(one.Name, StringComparer.Ordinal)).Select(static one => string.Create(
                CultureInfo.InvariantCulture,
                $"{one.Source}({one.Line}) creates the extension {one.Name}, which this server does not offer (pg_available_extensions): have it installed, take another, or leave the statement out")),
        ];
    }

    private static string? NameOf(string text)
    {
        var words = StatementText.BeginningOf(text);
        return words.Say(0, "create", "extension") ? StatementTarget.Fold(words[words.Say(2, "if", "not", "exists") ? 5 : 2]) : null;
    }
}
