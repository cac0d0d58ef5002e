using System.Text.Encodings.Web;
using System.Text.Json;

namespace DualDb.Consistency.Json;

/// <summary>How what is stored is written, so that it can be read again.</summary>
internal static class JsonLimits
{
    /// <summary>As deep as readers go by themselves: what is nested deeper is refused where it is written, and not where it is read.</summary>
    private const int MaxDepth = 64;

    /// <summary>Only what JSON itself cannot hold is escaped: the text goes to a database, and not into a page.</summary>
    public static JsonWriterOptions Writing { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = MaxDepth };
}
