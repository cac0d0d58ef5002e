using System.Text.Json.Nodes;
using DualDb.Commands.Output;
using DualDb.Migrations;

namespace DualDb.Commands.MigrationCommands;

/// <summary>What was changed without a migration.</summary>
internal static class DriftLines
{
    public static void Add(IReadOnlyList<DriftDifference> drift, JsonObject json, List<TextPart> text)
    {
        json["drift"] = Document(drift);
        text.AddRange(Text(drift));
    }

    public static IEnumerable<TextPart> Text(IReadOnlyList<DriftDifference> drift)
        => drift.Select(static one => new TextLine($"{one.Database}: {one.Subject}: {one.Message}.", TextTone.Warning));

    public static JsonArray Document(IReadOnlyList<DriftDifference> drift) => JsonText.Of(drift.Select(static one => new JsonObject
    {
        ["database"] = JsonText.Of(one.Database), ["kind"] = JsonText.Of(one.Kind), ["subject"] = one.Subject, ["message"] = one.Message,
    }));
}
