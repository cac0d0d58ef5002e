using DualDb.Consistency.Operators;

namespace DualDb.AspNetCore.Dashboard.Sections.Shared;

/// <summary>What came of work in the background.</summary>
/// <param name="Outcome">Done, refused or failed.</param>
/// <param name="Words">That in words, for the page and the audit.</param>
internal sealed record WorkEnd(AuditOutcome Outcome, string Words);

/// <summary>The work cannot be done as it was asked for; nothing was done.</summary>
/// <param name="message">Why not.</param>
internal sealed class WorkRefusedException(string message) : Exception(message);
