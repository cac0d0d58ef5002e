namespace DualDb.Docs.Tests;

/// <summary>A fenced code block.</summary>
/// <param name="Language">What follows the opening fence.</param>
/// <param name="Line">The line of the opening fence, from 1.</param>
/// <param name="Lines">Its lines, without those of the fence.</param>
/// <param name="Markers">The HTML comments right above it, without their delimiters.</param>
internal sealed record Fence(string Language, int Line, IReadOnlyList<string> Lines, IReadOnlyList<string> Markers)
{
    public string Text => string.Join('\n', Lines);

    /// <summary>What follows <c>name:</c> in a marker, empty for the bare name, null where there is no such marker.</summary>
    public string? Marker(string name)
        => Markers
            .Where(marker => marker == name || marker.StartsWith(name + ":", StringComparison.Ordinal))
            .Select(marker => marker[name.Length..].TrimStart(':').Trim())
            .FirstOrDefault();
}
