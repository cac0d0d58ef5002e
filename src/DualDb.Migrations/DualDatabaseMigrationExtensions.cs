namespace DualDb.Migrations;

/// <summary>Migrations of a root.</summary>
public static class DualDatabaseMigrationExtensions
{
    /// <summary>Migrates the databases of a root.</summary>
    /// <param name="root">The root.</param>
    /// <param name="migrations">The migrations.</param>
    /// <param name="configure">Sets options; null for none.</param>
    /// <exception cref="MigrationFileException">The migrations cannot be put into an order.</exception>
    /// <exception cref="NotSupportedException">The root acts as a user, and schemas are not changed as one.</exception>
    /// <exception cref="DualDbConfigurationException">An option is none of its values.</exception>
    public static MigrationRunner Migrations(this IDualDatabase root, DualDbMigrations migrations, Action<MigrationOptions>? configure = null)
    {
        var options = new MigrationOptions();
        configure?.Invoke(options);
        return root.Migrations(migrations, options);
    }

    /// <summary>Migrates the databases of a root.</summary>
    /// <param name="root">The root.</param>
    /// <param name="migrations">The migrations.</param>
    /// <param name="options">The options; they are not copied.</param>
    /// <exception cref="MigrationFileException">The migrations cannot be put into an order.</exception>
    /// <exception cref="NotSupportedException">The root acts as a user, and schemas are not changed as one.</exception>
    /// <exception cref="DualDbConfigurationException">An option is none of its values.</exception>
    public static MigrationRunner Migrations(this IDualDatabase root, DualDbMigrations migrations, MigrationOptions options)
    {
        ArgumentNullException.ThrowIfNull(root);
        ArgumentNullException.ThrowIfNull(migrations);
        ArgumentNullException.ThrowIfNull(options);
        return root.Neon.ActsAs is null && root.Supabase.ActsAs is null
            ? new MigrationRunner(root, migrations, options)
            : throw new NotSupportedException("Schemas are not changed as a user. Call Migrations on the root that acts as no user.");
    }
}
