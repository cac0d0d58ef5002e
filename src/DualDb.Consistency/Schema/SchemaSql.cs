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

    /// <summary>
    /// One step, which does nothing where it was made before. Whoever migrates need not be the login of the application: what that one was granted on a table of an earlier version holds for the new ones.
    /// </summary>
    public static string Step(SchemaModule module, int version)
    {
        var before = (version - 1).ToString(CultureInfo.InvariantCulture);
        var pattern = module.Pattern is null ? "null" : $"'dualdb.{module.Pattern}'";
        var after = version.ToString(CultureInfo.InvariantCulture);
        return $"""
            do $dualdb$
            declare
                dualdb_present constant oid[] := array(select oid from pg_class where relnamespace = 'dualdb'::regnamespace);
                dualdb_given record;
            begin
                if coalesce((select version from dualdb.schema_versions where module = '{module.Name}'), 0) = {before} then
            {module.Scripts[version - 1]}
                    for dualdb_given in
                        select added.oid::regclass as name, acl.grantee::regrole as grantee, string_agg(acl.privilege_type, ', ') as privileges
                        from pg_class pattern cross join lateral aclexplode(pattern.relacl) acl cross join pg_class added
                        where pattern.oid = to_regclass({pattern}) and acl.grantee <> 0 and acl.grantee <> pattern.relowner
                            and added.relnamespace = 'dualdb'::regnamespace and added.relkind in ('r', 'p') and added.oid <> all (dualdb_present) and pattern.oid = any (dualdb_present)
                        group by 1, 2
                    loop
                        execute format('grant %s on %s to %s', dualdb_given.privileges, dualdb_given.name, dualdb_given.grantee);
                    end loop;
                    insert into dualdb.schema_versions (module, version) values ('{module.Name}', {after})
                        on conflict (module) do update set version = excluded.version, installed_at = excluded.installed_at;
                end if;
            end
            $dualdb$;

            """;
    }
}
