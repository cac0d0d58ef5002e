using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using DualDb.AspNetCore.Tests.Dashboard.Operating;
using DualDb.AspNetCore.Tests.Dashboard.Places;
using DualDb.Migrations;
using Microsoft.Extensions.DependencyInjection;

namespace DualDb.AspNetCore.Tests.Telemetry;

/// <summary>What the meter of migrations says. It is the process's, which other tests tell of as well: what is expected occurs nowhere else.</summary>
public sealed class MigrationMeterTests(DashboardServers servers) : IDisposable
{
    private const int Waiting = 17;

    private readonly ConcurrentQueue<(string Name, double Value, string Database)> _heard = new();
    private readonly MeterListener _listener = new();

    [Fact]
    public async Task What_waits_what_differs_and_how_long_it_took_is_told()
    {
        await using var app = await OperatedApp.StartAsync(servers, write: static folder =>
        {
            for (var number = 0; number < Waiting; number++)
            {
                File.WriteAllText(Path.Combine(folder, "neon", $"20260101T10{number:00}_table{number}.sql"), $"create table table{number} (id int primary key);");
            }
        });
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Meter.Name == MigrationTelemetry.MeterName)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Hear(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Hear(instrument, value, tags));
        _listener.Start();
        var runner = app.App.Services.GetRequiredService<MigrationRunner>();

        await Eventually.HoldsAsync(async () =>
        {
            await runner.StatusAsync();
            _listener.RecordObservableInstruments();
            return _heard.Contains(("migration.pending", Waiting, "neon")) && _heard.Contains(("migration.pending", 0, "supabase"));
        }, "what waits is told");
        await runner.MigrateAsync();
        Assert.True(_heard.Count(static one => one is { Name: "migration.step.duration", Database: "neon", Value: > 0 and < 60 }) >= Waiting);

        // The page looks at both schemas, in which these columns are none of the model's.
        await DashboardPlace.RunAsync(app.Place.Neon, "alter table notes " + string.Join(", ", Enumerable.Range(0, Waiting).Select(static number => $"add extra{number} int")));
        await app.UntilAsync("/migrations", "data-drift=\"Extra\"");
        await Eventually.HoldsAsync(() =>
        {
            _listener.RecordObservableInstruments();
            return _heard.Any(static one => one is { Name: "migration.drift", Database: "neon", Value: >= Waiting });
        }, "what differs is told");
    }

    public void Dispose() => _listener.Dispose();

    private void Hear(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var (name, tag) in tags)
        {
            if (name == "database")
            {
                _heard.Enqueue((instrument.Name, value, (string)tag!));
            }
        }
    }
}
