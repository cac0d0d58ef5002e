using DualDb.AspNetCore.Dashboard.Sections.Conflicts;
using DualDb.AspNetCore.Dashboard.Sections.Comparisons;
using DualDb.AspNetCore.Dashboard.Sections.Migrations;
using DualDb.AspNetCore.Dashboard.Sections.Outbox;
using DualDb.AspNetCore.Dashboard.Sections.Sagas;
using DualDb.AspNetCore.Dashboard.Sections.Shared;
using DualDb.AspNetCore.Dashboard.Sections.Sync;
using DualDb.Consistency.Events.Dispatching;
using DualDb.Consistency.Operators;
using DualDb.Consistency.Sagas;
using DualDb.Consistency.Sync;
using DualDb.Migrations;
using DualDb.Migrations.Drift;
using DualDb.Migrations.Hosting;
using DualDb.Migrations.Model;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DualDb.AspNetCore.Dashboard.Sections;

/// <summary>The pages of what an application has registered: events, sagas, synchronisation, migrations. What it has not has no page.</summary>
internal static class OperatedSections
{
    public static IEnumerable<IDashboardSection> Of<TRoot>(IServiceProvider services, TRoot root)
        where TRoot : class, IDualDatabase
    {
        var time = root.Neon.Clock;
        var data = new ShownData(services.GetRequiredService<IPayloadRedaction>());
        var logger = (ILogger?)services.GetService<ILoggerFactory>()?.CreateLogger("DualDb.Dashboard") ?? NullLogger.Instance;
        var work = new BackgroundWork(time, logger, services.GetService<IHostApplicationLifetime>()?.ApplicationStopping ?? CancellationToken.None);
        if (services.GetService<RootSync<TRoot>>() is { Sync: var sync })
        {
            yield return new SyncSection(sync, data, work);
            yield return new ConflictSection(sync, data, work);
            yield return new ConsistencySection(sync, data, work);
        }

        if (services.GetService<RootDispatcher<TRoot>>() is { Dispatcher: var dispatcher })
        {
            yield return new OutboxSection(dispatcher.Events, data);
        }

        if (root is ISagaRoot { Sagas: var sagas } && services.GetService<RootSagas<TRoot>>() is not null)
        {
            yield return new SagaSection(sagas.Operations, data, time);
        }

        if (services.GetService<RootMigrations<TRoot>>() is { Runner: var runner })
        {
            var inspector = new Lazy<DriftInspector>(() => new DriftInspector(SchemaModel.Of<TRoot>(), services.GetService<DriftOptions>() ?? OptionsOf(runner)));
            yield return new MigrationSection(runner, token => inspector.Value.InspectAsync(root, token), time, work);
        }
    }

    /// <summary>What the application passes over when it compares schemas at its start.</summary>
    private static DriftOptions OptionsOf(MigrationRunner runner)
    {
        var drift = new DriftOptions();
        _ = runner.With(options =>
        {
            (drift.RequireRowSecurity, drift.TellExtraTables) = (options.Drift.RequireRowSecurity, options.Drift.TellExtraTables);
            drift.Ignored.UnionWith(options.Drift.Ignored);
        });
        return drift;
    }
}
