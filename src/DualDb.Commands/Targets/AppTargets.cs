using System.CommandLine;
using DualDb.Commands.Output;
using DualDb.Consistency.Events;
using DualDb.Consistency.Sagas;
using DualDb.Consistency.Sync;
using DualDb.Migrations;
using DualDb.Migrations.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace DualDb.Commands.Targets;

/// <summary>The application that the commands run in.</summary>
/// <typeparam name="TRoot">Its root.</typeparam>
/// <param name="services">Its services.</param>
internal sealed class AppTargets<TRoot>(IServiceProvider services) : ICommandTargets
    where TRoot : class, IDualDatabase
{
    public void Extend(RootCommand root)
    {
        // The application's own settings say where its databases are.
    }

    public ICommandTarget Open(ParseResult parse, Redaction redaction)
    {
        var root = services.GetRequiredService<TRoot>();
        redaction.AddDatabases(root);
        return new Target(services, root);
    }

    private sealed class Target(IServiceProvider services, TRoot root) : ICommandTarget
    {
        public IDualDatabase Root => root;

        public DualDbMigrations Migrations => Runner(static _ => { }).Migrations;

        public DeadLetters DeadLetters { get; } = new(root);

        public SagaOperations SagaJournal => Sagas;

        public SagaOperations Sagas => (root as ISagaRoot)?.Sagas.Operations ?? throw new RefusedException($"{typeof(TRoot).Name} has no sagas. Declare one with [Saga], or name another root.");

        public DatabaseSync Sync => services.GetService<RootSync<TRoot>>()?.Sync
            ?? throw new RefusedException($"The application has no synchronisation of {typeof(TRoot).Name} in its container. Call services.Add{typeof(TRoot).Name}Sync() before it is built.");

        public MigrationRunner Runner(Action<MigrationOptions> configure) => services.GetService<RootMigrations<TRoot>>()?.Runner.With(configure)
            ?? throw new RefusedException($"The application has no migrations of {typeof(TRoot).Name} in its container. Call services.AddDualDbMigrations<{typeof(TRoot).Name}>(…) before it is built.");

        // The container's, which disposes of it.
        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
