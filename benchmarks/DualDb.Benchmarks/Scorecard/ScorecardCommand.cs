using System.Diagnostics;
using DualDb.Benchmarks.Setup;
using Spectre.Console;

namespace DualDb.Benchmarks.Scorecard;

/// <summary>Measures, prints, writes, and tells by its exit code whether a floor is broken.</summary>
internal static class ScorecardCommand
{
    private const int Kept = 0;
    private const int Broken = 1;
    private const int Misused = 2;

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        var floors = Floors.Load();
        if (ScorecardOptions.Parse(arguments) is not { } options || Unknown(options, floors) is not [])
        {
            await Console.Error.WriteLineAsync($"Usage: {ScorecardOptions.Usage}\nRows: {string.Join(", ", floors.Select(static floor => floor.Id))}");
            return Misused;
        }

        using var interruption = new CancellationTokenSource();
        Console.CancelKeyPress += (_, press) =>
        {
            press.Cancel = true;
            interruption.Cancel();
        };

        // A file that cannot be written is better told of now than after minutes of measuring.
        if (options.JsonFile is not null)
        {
            await File.WriteAllTextAsync(options.JsonFile, "", interruption.Token);
        }

        var began = Stopwatch.GetTimestamp();
        var wanted = options.Only.Count == 0 ? floors : [.. floors.Where(floor => options.Only.Contains(floor.Id, StringComparer.Ordinal))];
        var (rows, machine) = await MeasureAsync(wanted, interruption.Token);
        var report = new ScorecardReport(DateTimeOffset.UtcNow, machine, Stopwatch.GetElapsedTime(began), rows);
        ScorecardTable.Print(AnsiConsole.Console, report);
        if (options.JsonFile is not null)
        {
            await File.WriteAllTextAsync(options.JsonFile, ScorecardJson.Of(report), interruption.Token);
        }

        return ExitCode(rows);
    }

    /// <summary>Zero only when every row keeps its floor.</summary>
    public static int ExitCode(IReadOnlyCollection<ScorecardRow> rows) => rows.All(static row => row.Ok) ? Kept : Broken;

    private static string[] Unknown(ScorecardOptions options, IReadOnlyList<Floor> floors)
        => [.. options.Only.Except(floors.Select(static floor => floor.Id), StringComparer.Ordinal)];

    private static async Task<(IReadOnlyList<ScorecardRow> Rows, Machine Machine)> MeasureAsync(IReadOnlyList<Floor> floors, CancellationToken cancellationToken)
    {
        await using var laboratory = await Laboratory.OpenAsync(cancellationToken);
        var machine = Machine.Here(laboratory.Servers.Neon.ServerVersion);
        var (findings, failures) = await Experimentation.RunAsync(Contents.Experiments, laboratory, floors, cancellationToken);
        return ([.. floors.Select(floor => ScorecardRow.Of(floor, findings.GetValueOrDefault(floor.Id), failures.GetValueOrDefault(floor.Id)))], machine);
    }
}
