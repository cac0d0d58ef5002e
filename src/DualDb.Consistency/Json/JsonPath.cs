using System.Globalization;
using System.Text;
using System.Text.Json;

namespace DualDb.Consistency.Json;

/// <summary>Where in a document a value stands, such as <c>$.lines[2].quantity</c>.</summary>
internal static class JsonPath
{
    /// <param name="reader">Stands on the first token of the document.</param>
    /// <param name="position">Where the token begins that is asked for.</param>
    public static string At(Utf8JsonReader reader, long position)
    {
        var steps = new List<Step>();
        try
        {
            do
            {
                var token = reader.TokenType;
                if (token is JsonTokenType.EndObject or JsonTokenType.EndArray)
                {
                    steps.RemoveAt(steps.Count - 1);
                }
                else if (steps.Count > 0)
                {
                    var name = token == JsonTokenType.PropertyName ? reader.GetString() : steps[^1].Name;
                    steps[^1] = token == JsonTokenType.PropertyName ? steps[^1] with { Name = name } : steps[^1] with { Index = steps[^1].Index + 1 };
                }

                if (reader.TokenStartIndex >= position)
                {
                    break;
                }

                if (token is JsonTokenType.StartObject or JsonTokenType.StartArray)
                {
                    steps.Add(new Step(token == JsonTokenType.StartArray, -1, null));
                }
            }
            while (reader.Read());
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // What cannot be read on from here is what the failure is about.
        }

        return Text(steps);
    }

    private static string Text(List<Step> steps)
    {
        var text = new StringBuilder("$");
        foreach (var step in steps)
        {
            if (step.IsArray)
            {
                text.Append(CultureInfo.InvariantCulture, $"[{Math.Max(step.Index, 0)}]");
            }
            else if (step.Name is { } name)
            {
                text.Append(IsPlain(name) ? "." + name : "['" + name + "']");
            }
        }

        return text.ToString();
    }

    private static bool IsPlain(string name) => name.Length > 0 && name.All(static c => char.IsLetterOrDigit(c) || c == '_');

    private readonly record struct Step(bool IsArray, int Index, string? Name);
}
