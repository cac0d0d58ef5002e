using System.Text;
using DualDb.Testing.PostgreSql;

namespace DualDb.Testing.Supabase;

/// <summary>What a database of Supabase's has from the beginning: the roles, and what they may do in the schemas that are served.</summary>
internal static class DatabasePreparation
{
    /// <summary>A schema of this library's own, with the one table that every server can be asked for.</summary>
    public const string Schema = "dualdb_testing";

    /// <summary>
    /// That table. It has row-level security: Supabase Lite puts requests under their roles only where some table of the database
    /// has it when the first request comes in, and runs them as the superuser otherwise.
    /// </summary>
    public const string Table = "served";

    private const string Roles = "anon, authenticated, service_role";

    public static string ToSql(IEnumerable<string> schemas)
    {
        var sql = new StringBuilder();
        sql.Append(Role("anon", "nologin noinherit"));
        sql.Append(Role("authenticated", "nologin noinherit"));
        sql.Append(Role("service_role", "nologin noinherit bypassrls"));
        sql.Append(Role("authenticator", "login noinherit"));
        sql.Append("grant ").Append(Roles).Append(" to authenticator;\n");
        sql.Append("create schema if not exists auth;\ngrant usage on schema auth to ").Append(Roles).Append(";\n");
        foreach (var schema in schemas)
        {
            AppendSchema(sql, Superuser.Quote(schema));
        }

        sql.Append("create schema if not exists ").Append(Schema).Append(";\n");
        sql.Append("create table if not exists ").Append(Schema).Append('.').Append(Table).Append(" (at timestamptz);\n");
        sql.Append("alter table ").Append(Schema).Append('.').Append(Table).Append(" enable row level security;\n");
        return sql.ToString();
    }

    // Roles belong to the whole server: another database of it may have brought them, or bring them right now.
    private static string Role(string name, string attributes) =>
        $"do $$ begin create role {name} {attributes}; exception when duplicate_object or unique_violation then null; end $$;\n";

    private static void AppendSchema(StringBuilder sql, string schema)
    {
        sql.Append("create schema if not exists ").Append(schema).Append(";\n");
        sql.Append("grant usage on schema ").Append(schema).Append(" to ").Append(Roles).Append(";\n");
        foreach (var kind in new[] { "tables", "sequences", "functions" })
        {
            sql.Append("grant all on all ").Append(kind).Append(" in schema ").Append(schema).Append(" to ").Append(Roles).Append(";\n");
            sql.Append("alter default privileges in schema ").Append(schema).Append(" grant all on ").Append(kind).Append(" to ").Append(Roles).Append(";\n");
        }
    }
}
