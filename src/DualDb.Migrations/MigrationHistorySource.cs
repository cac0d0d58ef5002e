namespace DualDb.Migrations;

/// <summary>A tool whose history can be taken over.</summary>
public enum MigrationHistorySource
{
    /// <summary>Entity Framework Core: <c>__EFMigrationsHistory</c>.</summary>
    EntityFramework = 0,

    /// <summary>Flyway: <c>flyway_schema_history</c>.</summary>
    Flyway = 1,

    /// <summary>The supabase CLI: <c>supabase_migrations.schema_migrations</c>.</summary>
    Supabase = 2,
}
