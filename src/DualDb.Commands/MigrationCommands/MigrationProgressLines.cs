using System.Globalization;
using DualDb.Commands.Output;
using DualDb.Migrations;

namespace DualDb.Commands.MigrationCommands;

/// <summary>Tells people how far a run of migrations is.</summary>
/// <param name="display">Shows it.</param>
internal sealed class MigrationProgressLines(IProgress<ProgressStep> display) : IProgress<MigrationProgress>
{
    public void Report(MigrationProgress value)
    {
        var isDone = value.State is MigrationProgressState.Applied or MigrationProgressState.Undone;
        var text = string.Create(CultureInfo.InvariantCulture, $"{value.Number}/{value.Count} {value.Id}: {value.State.ToString().ToLowerInvariant()}");
        display.Report(new ProgressStep("migrations", text, isDone ? value.Number : value.Number - 1, value.Count));
    }
}
