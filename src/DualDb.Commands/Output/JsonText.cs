using System.Text.Json.Nodes;
using DualDb.Migrations;

namespace DualDb.Commands.Output;

/// <summary>Values as documents for tools have them.</summary>
internal static class JsonText
{
    public static string Of(Database database) => database == Database.Neon ? "neon" : "supabase";

    public static JsonArray Of(IEnumerable<MigrationId> ids) => Of(ids.Select(static id => id.ToString()));

    public static JsonArray Of(IEnumerable<string> texts) => [.. texts.Select(static text => (JsonNode?)JsonValue.Create(text))];

    public static JsonArray Of(IEnumerable<JsonObject> items) => [.. items.Select(static item => (JsonNode?)item)];

    /// <summary>A name of an enum as JSON writes names.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum
    {
        var name = value.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    /// <summary>A text that is JSON, as a part of the document; as text where it is none.</summary>
    public static JsonNode? Parse(string? json)
    {
        try
        {
            return json is null ? null : JsonNode.Parse(json);
        }
        catch (System.Text.Json.JsonException)
        {
            return JsonValue.Create(json);
        }
    }
}
