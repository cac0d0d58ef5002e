using Npgsql;

namespace DualDb.Connections.Parsing;

/// <summary>A connection string in Npgsql's terms.</summary>
/// <param name="Builder">What the user said, and nothing else.</param>
/// <param name="DeclaresPooler">Whether the user said that a transaction pooler stands in between (<c>pgbouncer=true</c>).</param>
internal sealed record ParsedConnectionString(NpgsqlConnectionStringBuilder Builder, bool DeclaresPooler);
