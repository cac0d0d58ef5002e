namespace DualDb.Commands.Targets;

/// <summary>The command line cannot be understood.</summary>
/// <param name="message">What is wrong with it, and what to write instead.</param>
internal sealed class UsageException(string message) : Exception(message);

/// <summary>A command is refused before it has changed anything.</summary>
/// <param name="message">Why, and the next step.</param>
internal sealed class RefusedException(string message) : Exception(message);
