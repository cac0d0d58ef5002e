namespace DualDb;

/// <summary>What was found out about a database's endpoint at its first use.</summary>
/// <param name="Address">Host and port; several with commas between them.</param>
/// <param name="IsPooler">
/// Whether a pooler stands between. Also true where that could not be ruled out, since the SDK then behaves as if one did.
/// </param>
/// <param name="PreparesStatements">Whether frequent statements become prepared statements.</param>
/// <param name="ServerVersion">PostgreSQL's version.</param>
public sealed record DatabaseEndpoint(string Address, bool IsPooler, bool PreparesStatements, Version ServerVersion);
