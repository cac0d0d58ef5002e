using System.CommandLine;
using System.Text.Json.Nodes;
using DualDb.Commands.Frame;
using DualDb.Commands.Output;
using DualDb.Migrations;

namespace DualDb.Commands.MigrationCommands;

/// <summary><c>dualdb doctor</c>.</summary>
internal static class DoctorCommand
{
    public static Command Create(CommandFrame frame)
    {
        var ignored = new Option<string[]>("--ignore") { Description = "A table that is passed over, such as public.orders; as often as needed" };
        var noRowSecurity = new Option<bool>("--no-row-security") { Description = "Do not ask for row-level security in Supabase" };
        var command = new ExampleCommand(
            "doctor",
            "Compares the schemas of both databases with the model, and names what differs. Changes nothing; ends with 4 where more than a remark is found.",
            "dualdb doctor --project src/Shop",
            "dualdb doctor --assembly bin/Release/net10.0/Shop.dll --ignore public.spatial_ref_sys --json")
        {
            ignored,
            noRowSecurity,
        };
        return frame.Handle(command, async (call, cancellationToken) =>
        {
            var (model, own) = (call.Target.Model, call.Target.Drift);
            var report = await call.Target.Root.DoctorAsync(
                model,
                options =>
                {
                    (options.RequireRowSecurity, options.TellExtraTables) = (own.RequireRowSecurity && !call.Value(noRowSecurity), own.TellExtraTables);
                    options.Ignored.UnionWith(own.Ignored.Concat(call.Value(ignored) ?? []));
                },
                cancellationToken).ConfigureAwait(false);
            return new CommandResult(JsonNode.Parse(report.ToJson())!.AsObject(), [.. Text(report)]) { ExitCode = report.HasDrift ? ExitCodes.Differences : ExitCodes.Done };
        });
    }

    private static IEnumerable<TextPart> Text(DriftReport report)
    {
        foreach (var one in report.Differences)
        {
            yield return new TextLine($"{JsonText.Of(one.Severity),-7}  {JsonText.Of(one.Database),-8}  {one.Subject}: {one.Message}", one.Severity switch
            {
                DriftSeverity.Error => TextTone.Bad,
                DriftSeverity.Warning => TextTone.Warning,
                _ => TextTone.Plain,
            });
        }

        foreach (var note in report.Notes)
        {
            yield return new TextLine($"Not compared in {JsonText.Of(note.Database)}: {note.Message}", TextTone.Warning);
        }

        if (!report.HasDrift)
        {
            yield return new TextLine("Both databases are as the model says.", TextTone.Good);
        }
    }
}
