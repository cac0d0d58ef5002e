using System.Globalization;
using DualDb.Migrations.Files.Sql;
using DualDb.Migrations.Linting;

namespace DualDb.Migrations.Preflight;

/// <summary>Whether the role owns the relations that a plan alters or drops, as far as they are there already, and may create in the schemas that it names.</summary>
internal static class ObjectRights
{
    private const string Look = """
        select w.line, 'owner', c.oid::regclass::text, pg_get_userbyid(c.relowner)::text, current_user::text
        from unnest($1, $2, $3, $4, $5) as w (line, schema_name, name, is_dropped, is_created)
        join pg_class c on c.relname = w.name
        join pg_namespace n on n.oid = c.relnamespace and case when w.schema_name = '' then pg_table_is_visible(c.oid) else n.nspname = w.schema_name end
        where not w.is_created and not pg_has_role(c.relowner, 'usage') and not (w.is_dropped and pg_has_role(n.nspowner, 'usage'))
        union all
        select w.line, 'create', quote_ident(n.nspname), pg_get_userbyid(n.nspowner)::text, current_user::text
        from unnest($1, $2, $3, $4, $5) as w (line, schema_name, name, is_dropped, is_created)
        join pg_namespace n on n.nspname = w.schema_name
        where w.is_created and not has_schema_privilege(n.oid, 'create')
        order by 1
        """;

    private static readonly string[] Fillers = ["or", "replace", "unlogged", "materialized", "recursive", "foreign", "unique"];

    private static readonly string[] Relations = ["table", "view", "sequence", "index"];

    private static readonly string[] Created = ["table", "view", "sequence", "function", "procedure", "type", "domain"];

    /// <summary>What says whose rights count, or which names are meant.</summary>
    private static readonly string[] Settings = ["role", "authorization", "owner", "search_path"];

    /// <summary>What is in the way; nothing where the plan takes another role, or gives itself one.</summary>
    public static async Task<IReadOnlyList<string>> ObstaclesAsync(PostgresDatabase database, MigrationPlan plan, CancellationToken cancellationToken)
    {
        var statements = PendingStatements.Of(plan, database.Kind).Where(static one => one.Statement.Moved is null).Select(static one => (one.Migration.Source, one.Statement.Line, one.Statement.Text, Words: WordsOf(one.Statement.Text))).ToList();
        var needs = statements.Exists(static one => ChangesRole(one.Words, one.Text)) ? [] : statements.SelectMany(static one => Needs(one.Words).Select(need => (one.Source, one.Line, Need: need))).ToList();
        if (needs.Count == 0)
        {
            return [];
        }

        var lacking = await Asking.ListAsync(
            database,
            Look,
            [
                Asking.Texts(Enumerable.Range(0, needs.Count).Select(static number => number.ToString("D6", CultureInfo.InvariantCulture))),
                Asking.Texts(needs.Select(static one => one.Need.Schema)),
                Asking.Texts(needs.Select(static one => one.Need.Name)),
                Asking.Truths(needs.Select(static one => one.Need.IsDropped)),
                Asking.Truths(needs.Select(static one => one.Need.IsCreated)),
            ],
            static reader => (Number: int.Parse(reader.GetString(0), CultureInfo.InvariantCulture), IsOwner: reader.GetString(1) is "owner", Object: reader.GetString(2), Owner: SqlQuoted(reader.GetString(3)), Role: SqlQuoted(reader.GetString(4))),
            cancellationToken).ConfigureAwait(false);
        return
        [
            .. lacking.DistinctBy(static one => (one.IsOwner, one.Object)).Select(one => string.Create(
                CultureInfo.InvariantCulture,
                $"{needs[one.Number].Source}({needs[one.Number].Line}) {(one.IsOwner ? $"alters or drops {one.Object}, which the role {one.Role} does not own: grant {one.Owner} to {one.Role}, or run the migrations as that role" : $"creates something in the schema {one.Object}, and the role {one.Role} may not: as its owner, run: grant create on schema {one.Object} to {one.Role}")}")),
        ];
    }

    // Whose rights count then, and which names are meant, is not known before.
    private static bool ChangesRole(StatementWords words, string text)
        => (words.SayAny(0, "set", "reset", "do") && Array.Exists(Settings, setting => text.Contains(setting, StringComparison.OrdinalIgnoreCase)))
            || (words.SayAny(0, "select", "do") && text.Contains("set_config", StringComparison.OrdinalIgnoreCase))
            || words.Say(0, "reassign") || words.Say(0, "alter", "role") || (words.Say(0, "alter") && words.Find("owner") > 0) || (words.Say(0, "grant") && words.Find("on") < 0);

    // Rows may be many, and nothing is altered by them.
    private static StatementWords WordsOf(string text)
        => StatementText.BeginningOf(text) is var beginning && beginning.SayAny(0, "create", "alter", "drop", "grant") ? StatementText.WordsOf(text) : beginning;

    private static IEnumerable<Need> Needs(StatementWords words)
    {
        var isCreated = words.Say(0, "create");
        if (!isCreated && !words.SayAny(0, "alter", "drop"))
        {
            yield break;
        }

        var at = 1;
        while (words.SayAny(at, Fillers))
        {
            at++;
        }

        var isIndex = isCreated && words.Say(at, "index");
        if (!words.SayAny(at, isCreated && !isIndex ? Created : Relations))
        {
            yield break;
        }

        // An index belongs to the owner of its table.
        at = isIndex ? words.Find("on") : at;
        at += words.Say(at + 1, "concurrently") ? 2 : 1;
        at += words.Say(at, "if", "not", "exists") ? 3 : words.Say(at, "if", "exists") ? 2 : 0;
        do
        {
            at += words.Say(at, "only") ? 1 : 0;
            var (first, next) = (StatementTarget.Fold(words[at]), at + 1);
            var isNamed = string.Equals(words[next], ".", StringComparison.Ordinal);
            yield return new Need(isNamed ? first : "", isNamed ? StatementTarget.Fold(words[next + 1]) : first, words.Say(0, "drop"), isCreated && !isIndex);
            at = isNamed ? next + 2 : next;
        }
        while (words.Say(0, "drop") && string.Equals(words[at++], ",", StringComparison.Ordinal));
    }

    private static string SqlQuoted(string role) => "\"" + role.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    private sealed record Need(string Schema, string Name, bool IsDropped, bool IsCreated);
}
