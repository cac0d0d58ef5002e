using System.Text.Json.Nodes;

namespace DualDb.Tool.Tests.Places;

/// <summary>What a process has ended with, and said.</summary>
/// <param name="ExitCode">The exit code.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Error">Its standard error.</param>
public sealed record ToolResult(int ExitCode, string Output, string Error)
{
    /// <summary>The output, which is one JSON document and nothing else.</summary>
    public JsonObject Json
    {
        get
        {
            try
            {
                return JsonNode.Parse(Output)!.AsObject();
            }
            catch (System.Text.Json.JsonException exception)
            {
                throw new InvalidOperationException($"The output is no JSON document ({exception.Message}):\n{Output}\n{Error}", exception);
            }
        }
    }

    /// <summary>Fails the test where it ended otherwise.</summary>
    public ToolResult EndedWith(int exitCode)
    {
        Assert.True(ExitCode == exitCode, $"It ended with {ExitCode} instead of {exitCode}:\n{Output}\n{Error}");
        return this;
    }

    /// <summary>The texts of a list in the document.</summary>
    public IReadOnlyList<string> Texts(string name) => [.. Json[name]!.AsArray().Select(static item => item!.GetValue<string>())];
}
