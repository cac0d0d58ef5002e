using System.Text;
using System.Text.Json;

namespace DualDb.Mapping.Wire;

/// <summary>Documents that are nested as deep as PostgreSQL takes them, some thousands of levels: the default of System.Text.Json is 64.</summary>
internal static class DeepJson
{
    private const int Depth = 16_384;

    /// <summary>For readers.</summary>
    public static JsonReaderOptions Reader { get; } = new() { MaxDepth = Depth };

    /// <summary>For documents.</summary>
    public static JsonDocumentOptions Document { get; } = new() { MaxDepth = Depth };

    /// <summary>Refuses a text that is no document: written as it is, it would be read as something else.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static void Check(string text)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text), Reader);
        while (reader.Read())
        {
            // What counts is whether it can be read to its end.
        }
    }
}
