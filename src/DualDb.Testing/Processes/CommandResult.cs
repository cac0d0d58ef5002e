namespace DualDb.Testing.Processes;

/// <summary>What a command left behind when it ended.</summary>
internal sealed record CommandResult(int ExitCode, string Output, string Error)
{
    public bool Succeeded => ExitCode == 0;

    /// <summary>Both streams as one text, for an error message.</summary>
    public string Text => string.Join('\n', new[] { Error.Trim(), Output.Trim() }.Where(part => part.Length > 0));
}
