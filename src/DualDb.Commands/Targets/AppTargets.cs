using System.CommandLine;
using DualDb.Commands.Output;
using DualDb.Consistency.Events;
using DualDb.Consistency.Monitoring;
using DualDb.Consistency.Operators;
using DualDb.Consistency.Sagas;
using DualDb.Consistency.Sync;
using DualDb.Diagnostics;
using DualDb.Migrations;
using DualDb.Migrations.Hosting;
using DualDb.Migrations.Model;
using Microsoft.Extensions.DependencyInjection;

namespace DualDb.Commands.Targets;

/// <summary>The application that the commands run in.</summary>
/// <typeparam name="TRoot">Its root.</typeparam>
/// <param name="services">Its services.</param>
internal sealed class AppTargets<TRoot>(IServiceProvider services) : ICommandTargets
    where TRoot : class, IDualDatabase
{
    private readonly Option<string> _folder = MigrationFolder.Option();

    // The application's own settings say where its databases are, and it holds its migrations: a folder is only asked for where files are written.
    public void Extend(RootCommand root) => root.Subcommands.Single(static command => command.Name is "migrations").Subcommands.Single(static command => command.Name is "add").Add(_folder);

    public ICommandTarget Open(ParseResult parse, Redaction redaction)
    {
        var root = services.GetRequiredService<TRoot>();
        redaction.AddDatabases(root);
        return new Target(services, root, parse.GetValue(_folder)!);
    }

    private sealed class Target(IServiceProvider services, TRoot root, string folder) : ICommandTarget
    {
        public IDualDatabase Root => root;

        public DualDbMigrations Migrations => Runner(static _ => { }).Migrations;

        public string Folder => folder;

        public bool IsModelKnown => true;

        public SchemaModel Model => SchemaModel.Of<TRoot>();

        public DriftOptions Drift
        {
            get
            {
                var drift = new DriftOptions();
                _ = services.GetService<RootMigrations<TRoot>>()?.Runner.With(options =>
                {
                    (drift.RequireRowSecurity, drift.TellExtraTables) = (options.Drift.RequireRowSecurity, options.Drift.TellExtraTables);
                    drift.Ignored.UnionWith(options.Drift.Ignored);
                });
                return drift;
            }
        }

        public DeadLetters DeadLetters { get; } = new(root);

        public SagaOperations SagaJournal => Sagas;

        public SagaOperations Sagas => (root as ISagaRoot)?.Sagas.Operations ?? throw new RefusedException($"{typeof(TRoot).Name} has no sagas. Declare one with [Saga], or name another root.");

        public IPayloadRedaction Redaction => services.GetService<IPayloadRedaction>() ?? new ModelRedaction([]);

        public DatabaseMonitoring? Monitoring => services.GetService<RootMonitoring<TRoot>>()?.Monitoring;

        public DatabaseSync Sync => services.GetService<RootSync<TRoot>>()?.Sync
            ?? throw new RefusedException($"The application has no synchronisation of {typeof(TRoot).Name} in its container. Call services.Add{typeof(TRoot).Name}Sync() before it is built.");

        public MigrationRunner Runner(Action<MigrationOptions> configure) => services.GetService<RootMigrations<TRoot>>()?.Runner.With(configure)
            ?? throw new RefusedException($"The application has no migrations of {typeof(TRoot).Name} in its container. Call services.AddDualDbMigrations<{typeof(TRoot).Name}>(…) before it is built.");

        // The container's, which disposes of it.
        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
