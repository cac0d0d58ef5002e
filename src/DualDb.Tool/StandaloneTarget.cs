using DualDb.Commands.Targets;
using DualDb.Consistency.Events;
using DualDb.Consistency.Monitoring;
using DualDb.Consistency.Operators;
using DualDb.Consistency.Sagas;
using DualDb.Consistency.Sync;
using DualDb.Migrations;
using DualDb.Migrations.Model;

namespace DualDb.Tool;

/// <summary>A folder of migrations, and both databases once they are asked for.</summary>
/// <param name="folder">The folder.</param>
/// <param name="assembly">The file that the model is read from; null where none was named.</param>
/// <param name="rootName">Which root of it; null where it declares one.</param>
/// <param name="connect">Makes the root.</param>
internal sealed class StandaloneTarget(string folder, string? assembly, string? rootName, Func<StandaloneDatabase> connect) : ICommandTarget
{
    private const string NextStep = "Name its project (--project src/Shop); its Program.cs answers with 'if (await app.RunDualDbCommandAsync<ShopDb>(args) is { } exitCode) { return exitCode; }'.";

    private StandaloneDatabase? _root;
    private DualDbMigrations? _migrations;

    public IDualDatabase Root => _root ??= connect();

    // The full path: a relative one would be looked for beside the tool first.
    public string Folder { get; } = Path.GetFullPath(folder);

    public DualDbMigrations Migrations => _migrations ??= DualDbMigrations.FromFolder(Folder);

    public bool IsModelKnown => assembly is not null;

    public SchemaModel Model => assembly is not null
        ? SchemaModel.FromFile(assembly, rootName)
        : throw new RefusedException("The model is in the assembly that declares the root. Name its project (--project src/Shop), or the built file (--assembly bin/Release/net10.0/Shop.dll).");

    public DriftOptions Drift { get; } = new();

    public DeadLetters DeadLetters => new(Root);

    public SagaOperations SagaJournal => new NoSagas(Root).Operations;

    public SagaOperations Sagas => throw new RefusedException($"The steps of a saga are known to its application alone. {NextStep}");

    public IPayloadRedaction Redaction { get; } = new ModelRedaction([]);

    public DatabaseMonitoring? Monitoring => null;

    public DatabaseSync Sync => throw new RefusedException($"The maps of a synchronisation are known to its application alone. {NextStep}");

    public MigrationRunner Runner(Action<MigrationOptions> configure) => Root.Migrations(Migrations, configure);

    public ValueTask DisposeAsync() => _root?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>The journal alone.</summary>
    private sealed class NoSagas(IDualDatabase root) : SagaSet(root);
}
