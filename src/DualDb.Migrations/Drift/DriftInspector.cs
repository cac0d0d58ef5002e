using DualDb.Migrations.Model;
using DualDb.Migrations.Telemetry;

namespace DualDb.Migrations.Drift;

/// <summary>Compares databases with a model. It keeps what it has learnt of PostgreSQL's words.</summary>
/// <param name="model">The model.</param>
/// <param name="options">What is compared.</param>
/// <param name="texts">What is known of PostgreSQL's words already; null for nothing.</param>
internal sealed class DriftInspector(SchemaModel model, DriftOptions options, CanonicalTexts? texts = null)
{
    private readonly CanonicalTexts _texts = texts ?? new CanonicalTexts();
    private readonly SchemaModel _model = model with { Tables = [.. model.Tables.Where(table => !options.Ignored.Contains(table.FullName))] };

    /// <summary>Compares both databases of a root, at the same time.</summary>
    public async Task<DriftReport> InspectAsync(IDualDatabase root, CancellationToken cancellationToken)
    {
        var reports = await Task.WhenAll(InspectAsync(root.Neon, cancellationToken), InspectAsync(root.Supabase, cancellationToken)).ConfigureAwait(false);
        var both = new DriftReport(
            [.. reports.SelectMany(static report => report.Differences).OrderBy(static one => one.Severity).ThenBy(static one => one.Database).ThenBy(static one => one.Subject, StringComparer.Ordinal)],
            [.. reports.SelectMany(static report => report.Notes)]);
        MigrationMeter.Saw(both);
        return both;
    }

    private async Task<DriftReport> InspectAsync(PostgresDatabase database, CancellationToken cancellationToken)
    {
        if (_model.Tables.All(table => table.Database != database.Kind) && _model.Enums.All(type => type.Database != database.Kind))
        {
            return new DriftReport([], []);
        }

        var look = await DatabaseLook.ReadAsync(database, _model, more: null, _texts, cancellationToken).ConfigureAwait(false);
        return new DriftReport(
            [.. ShapeDifferences.Of(look), .. StateDifferences.Of(look, _model, options, database.Kind)], [.. look.Notes.Select(note => new DriftNote(database.Kind, note))]);
    }
}
