namespace DualDb.Migrations.Running;

/// <summary>The history says nothing that could be put right. Nothing was changed, as no other <see cref="InvalidOperationException"/> can promise.</summary>
/// <param name="message">What was asked for, and the next step.</param>
internal sealed class NothingToCorrectException(string message) : InvalidOperationException(message);
