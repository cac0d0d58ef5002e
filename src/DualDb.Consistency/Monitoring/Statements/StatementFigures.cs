namespace DualDb.Consistency.Monitoring;

/// <summary>How one statement has done on this node, within the last half to whole hour, or since a thousand others came in between.</summary>
/// <param name="Database">Where it is sent.</param>
/// <param name="Subject">The entity or view; the database's name for SQL of the application's own.</param>
/// <param name="Operation">The method that sends it.</param>
/// <param name="Sql">The statement, with parameters in place of values.</param>
/// <param name="Count">How often it was sent.</param>
/// <param name="Total">How long all of that took.</param>
/// <param name="P95">What 95 of 100 took at most.</param>
/// <param name="Longest">The longest.</param>
public sealed record StatementFigures(Database Database, string Subject, string Operation, string Sql, long Count, TimeSpan Total, TimeSpan P95, TimeSpan Longest);

/// <summary>Reads of one statement in a loop (N+1), as they were met on this node since it was started.</summary>
/// <param name="Subject">The entity or view.</param>
/// <param name="Operation">The method that was called over and over: ask for all keys at once, by <c>ListAsync</c>, a view or a batching scope.</param>
/// <param name="Sql">The statement.</param>
/// <param name="Where">What the trace began with, such as the route of the request; null where that is not known.</param>
/// <param name="Traces">In how many traces that was so.</param>
/// <param name="Most">How often the statement was sent in one of them at most.</param>
/// <param name="LastAt">When it was so last.</param>
public sealed record RepeatedReads(string Subject, string Operation, string Sql, string? Where, long Traces, long Most, DateTimeOffset LastAt);
