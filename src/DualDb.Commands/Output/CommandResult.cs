using System.Text.Json.Nodes;

namespace DualDb.Commands.Output;

/// <summary>What a command has to say, for tools and for people.</summary>
/// <param name="Json">The document for tools.</param>
/// <param name="Text">The same for people, in order.</param>
internal sealed record CommandResult(JsonObject Json, params IReadOnlyList<TextPart> Text)
{
    /// <summary>What the process ends with.</summary>
    public int ExitCode { get; init; } = ExitCodes.Done;
}
