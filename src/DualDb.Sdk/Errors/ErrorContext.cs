using DualDb.Mapping;
using Npgsql;

namespace DualDb.Errors;

/// <summary>What was being done when an error came.</summary>
/// <param name="Database">The database that was spoken to.</param>
/// <param name="Entity">The entity; null for SQL of the user's own.</param>
/// <param name="Operation">The public method.</param>
internal readonly record struct ErrorContext(Database Database, EntityInfo? Entity, string Operation)
{
    /// <summary>The beginning of every message: <c>Order.InsertAsync in Neon</c>.</summary>
    public string Subject => Entity is null ? $"{Operation} in {Database}" : $"{Entity.Name}.{Operation} in {Database}";

    /// <summary>The entity's name.</summary>
    public string? EntityName => Entity?.Name;

    /// <summary>The table of an error, schema-qualified: PostgreSQL's word, or else the entity's.</summary>
    public string TableOf(PostgresException answer)
        => answer.TableName is { } table ? $"{answer.SchemaName ?? Entity?.Schema ?? "public"}.{table}"
            : Entity is { } entity ? $"{entity.Schema}.{entity.Table}"
            : "the table";

    /// <summary>The member behind a column: <c>Order.Total</c>, or else the column itself.</summary>
    public string MemberOf(string column)
    {
        if (Entity is { } entity)
        {
            foreach (var candidate in entity.Columns)
            {
                if (candidate.Name.Equals(column, StringComparison.Ordinal))
                {
                    return $"{entity.Name}.{candidate.Member}";
                }
            }
        }

        return $"column {column}";
    }
}
