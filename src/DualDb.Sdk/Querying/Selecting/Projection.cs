using DualDb.Mapping;
using Npgsql;

namespace DualDb.Querying;

/// <summary>Some columns, and what a row of them becomes.</summary>
internal sealed record Projection<TEntity, TResult>(IReadOnlyList<Operand<TEntity>> Operands, Func<ResultRow, TResult> Read)
    where TEntity : class;
