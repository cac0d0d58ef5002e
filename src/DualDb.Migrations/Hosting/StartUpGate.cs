using DualDb.Migrations.Drift;
using DualDb.Migrations.Model;

namespace DualDb.Migrations.Hosting;

/// <summary>Keeps a host from starting whose schemas are not those of its model.</summary>
internal interface IStartUpGate
{
    /// <exception cref="DriftException">They are not.</exception>
    Task RequireAsync(CancellationToken cancellationToken);
}

/// <summary>The gate of one root.</summary>
/// <typeparam name="TRoot">The root.</typeparam>
/// <param name="root">The root.</param>
/// <param name="options">Say what is minded.</param>
internal sealed class StartUpGate<TRoot>(TRoot root, MigrationOptions options) : IStartUpGate
    where TRoot : class, IDualDatabase
{
    public async Task RequireAsync(CancellationToken cancellationToken)
    {
        if (options.Gate == DriftGate.None)
        {
            return;
        }

        var report = await new DriftInspector(SchemaModel.Of<TRoot>(), options.Drift).InspectAsync(root, cancellationToken).ConfigureAwait(false);
        if (options.Gate == DriftGate.Drift ? report.HasDrift : report.Differences.Any(static one => one.Severity == DriftSeverity.Error))
        {
            throw new DriftException(
                $"The schemas of {typeof(TRoot).Name} are not those of its model, and MigrationOptions.Gate keeps it from starting:\n{report}\nApply the migrations that lack, or write one from the model.") { Report = report };
        }
    }
}
