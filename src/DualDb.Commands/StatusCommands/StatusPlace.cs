using DualDb.Commands.Targets;
using DualDb.Consistency;
using DualDb.Consistency.Monitoring;
using DualDb.Consistency.Monitoring.Rollups;
using DualDb.Consistency.Schema;

namespace DualDb.Commands.StatusCommands;

/// <summary>Whose figures are shown, and where they lie: by the command line, then by the application's own monitoring, and where neither says so in Supabase, of the only application that has any there.</summary>
/// <param name="target">What the command works on.</param>
/// <param name="home">The home that was asked for; null for none.</param>
/// <param name="application">The application that was asked for; null for none.</param>
internal sealed class StatusPlace(ICommandTarget target, Database? home, string? application)
{
    private DatabaseMonitoring? _monitoring;

    /// <summary>The database that keeps the figures.</summary>
    public Database Home { get; } = home ?? target.Monitoring?.Options.Home ?? Database.Supabase;

    /// <summary>Whether the application's own targets are known.</summary>
    public bool KnowsTargets => target.Monitoring is not null;

    /// <summary>The figures, once their place is known to be there.</summary>
    /// <exception cref="SchemaVersionException">The monitoring is not installed there.</exception>
    /// <exception cref="RefusedException">It cannot be told whose figures are meant.</exception>
    public async Task<DatabaseMonitoring> OpenAsync(CancellationToken cancellationToken)
    {
        if (_monitoring is not null)
        {
            return _monitoring;
        }

        var database = Home == Database.Neon ? (PostgresDatabase)target.Root.Neon : target.Root.Supabase;
        await SchemaInstallation.RequireAsync(database, RollupSchema.Module, cancellationToken).ConfigureAwait(false);

        // The targets that the application has set, not those at first: what it has allowed itself is no miss.
        var options = target.Monitoring?.Options.At(Home) ?? new MonitoringOptions { Home = Home };
        return _monitoring = new DatabaseMonitoring(target.Root, options, application ?? target.Monitoring?.Application ?? await OnlyOneAsync(database, cancellationToken).ConfigureAwait(false));
    }

    private static async Task<string> OnlyOneAsync(PostgresDatabase database, CancellationToken cancellationToken)
        => await RollupStore.ApplicationsAsync(database, cancellationToken).ConfigureAwait(false) switch
        {
            [var only] => only,
            [] => throw new RefusedException($"{database.Kind} holds no figures yet. Call services.AddDualDbMonitoring<ShopDb>() in the application, and start it."),
            var several => throw new RefusedException($"{database.Kind} holds figures of several applications. Name one: --application {string.Join(", --application ", several)}"),
        };
}
