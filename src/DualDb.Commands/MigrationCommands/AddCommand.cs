using System.CommandLine;
using System.Text.Json.Nodes;
using DualDb.Commands.Frame;
using DualDb.Commands.Output;
using DualDb.Commands.Targets;
using DualDb.Migrations;

namespace DualDb.Commands.MigrationCommands;

/// <summary><c>dualdb migrations add</c>.</summary>
internal static class AddCommand
{
    public static Command Create(CommandFrame frame)
    {
        var name = new Argument<string>("name") { Description = "What the migration does, in lower-case letters, digits and underscores" };
        var renames = new Option<string[]>("--rename") { Description = "What is only called otherwise, by its new and its old name: neon/public.orders.total=amount; as often as needed" };
        var compare = new Option<bool>("--compare") { Description = "Compare the model with both databases as they are, and not with the snapshot" };
        var fromNothing = new Option<bool>("--from-nothing") { Description = "The migrations that are there have created nothing of the model" };
        var command = new ExampleCommand(
            "add",
            "Writes the files that lead from the model as of the last migration to the present one, for both databases and divided into phases. Asks no database; applies nothing.",
            "dualdb migrations add create_orders --project src/Shop",
            "dualdb migrations add rename_total --assembly bin/Release/net10.0/Shop.dll --rename neon/public.orders.total=amount",
            "dualdb migrations add catch_up --compare --project src/Shop")
        {
            name,
            renames,
            compare,
            fromNothing,
        };
        return frame.Handle(command, async (call, cancellationToken) =>
        {
            var options = new ScaffoldOptions { StartsFromNothing = call.Value(fromNothing) };
            foreach (var rename in call.Value(renames) ?? [])
            {
                var (now, before) = Split(rename);
                options.Renames[now] = before;
            }

            var model = call.Target.Model;
            options.CompareWith = call.Value(compare) ? call.Target.Root : null;
            return ResultOf(await MigrationScaffold.AddAsync(call.Value(name), model, call.Target.Folder, options, cancellationToken).ConfigureAwait(false));
        });
    }

    private static (string Now, string Before) Split(string rename)
        => rename.Split('=') is [{ Length: > 0 } now, { Length: > 0 } before]
            ? (now, before)
            : throw new UsageException($"--rename is '{rename}'. Write the new name with its place, an equals sign and the old name: neon/public.orders.total=amount.");

    private static CommandResult ResultOf(ScaffoldResult added)
    {
        var json = new JsonObject
        {
            ["files"] = JsonText.Of(added.Files.Select(static file => new JsonObject { ["id"] = file.Id.ToString(), ["path"] = file.Path, ["phase"] = JsonText.Of(file.Phase) })),
            ["changes"] = JsonText.Of(added.Changes.Select(static change => new JsonObject
            {
                ["database"] = JsonText.Of(change.Database),
                ["description"] = change.Description,
                ["isDestructive"] = change.IsDestructive,
            })),
            ["hints"] = JsonText.Of(added.Hints),
            ["findings"] = JsonText.Of(added.Findings.Select(LintCommand.Document)),
        };
        return added.IsEmpty
            ? new CommandResult(json, new TextLine("Nothing to do: the model is as it was.", TextTone.Good))
            : new CommandResult(
                json,
                [
                    .. added.Files.Select(static file => new TextLine($"written  {file.Path}", TextTone.Good)),
                    .. added.Changes.Select(static change => new TextLine($"{change.Database}: {change.Description}", change.IsDestructive ? TextTone.Warning : TextTone.Plain)),
                    .. added.Hints.Select(static hint => new TextLine(hint, TextTone.Warning)),
                    .. added.Findings.Select(static finding => new TextLine(finding.ToString(), TextTone.Warning)),
                    new TextLine("Read the files, change them where you know better, and put them under version control with model.snapshot.json."),
                ]);
    }
}
