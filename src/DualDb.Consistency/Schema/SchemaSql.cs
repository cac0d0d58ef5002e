using System.Globalization;
using DualDb.Hosting;

namespace DualDb.Consistency.Schema;

/// <summary>The statements around the scripts of a module.</summary>
internal static class SchemaSql
{
    /// <summary>The same lock as for tables: two that start at once would both find nothing, and collide. It ends with the transaction.</summary>
    public static string Lock { get; } = $"select pg_advisory_xact_lock({SchemaCreation.AdvisoryLock.ToString(CultureInfo.InvariantCulture)})";

    /// <summary>Creates the schema and the table of versions. Each looks before it creates, so that a role that may create nothing gets by where all is there.</summary>
    public const string Base = """
        do $dualdb$
        begin
            if to_regnamespace('dualdb') is null then
                create schema dualdb;
            end if;
            if to_regclass('dualdb.schema_versions') is null then
                create table dualdb.schema_versions
                (
                    module text primary key,
                    version integer not null,
                    installed_at timestamptz not null default clock_timestamp()
                );
            end if;
        end
        $dualdb$;

        """;

    /// <summary>Whether there is a table of versions.</summary>
    public const string HasVersions = "select to_regclass('dualdb.schema_versions') is not null";

    /// <summary>The version of a module; no row where it is not installed.</summary>
    public const string Version = "select version from dualdb.schema_versions where module = $1";

    /// <summary>One step, which does nothing where it was made before.</summary>
    public static string Step(string module, int version, string script)
    {
        var before = (version - 1).ToString(CultureInfo.InvariantCulture);
        var after = version.ToString(CultureInfo.InvariantCulture);
        return $"""
            do $dualdb$
            begin
                if coalesce((select version from dualdb.schema_versions where module = '{module}'), 0) = {before} then
            {script}
                    insert into dualdb.schema_versions (module, version) values ('{module}', {after})
                        on conflict (module) do update set version = excluded.version, installed_at = excluded.installed_at;
                end if;
            end
            $dualdb$;

            """;
    }
}
