using Npgsql;

namespace DualDb.Mapping;

/// <summary>One constant statement of a generated repository, and how its argument becomes parameters.</summary>
/// <typeparam name="TArgument">What the statement is asked with.</typeparam>
/// <param name="operation">The repository's method, for messages and traces: <c>ListByUserIdAsync</c>.</param>
/// <param name="sql">The SQL, with positional parameters.</param>
/// <param name="bind">Adds the parameters.</param>
public sealed class Statement<TArgument>(string operation, string sql, Action<NpgsqlParameterCollection, TArgument> bind)
{
    /// <summary>The repository's method.</summary>
    public string Operation { get; } = operation;

    /// <summary>The SQL, with positional parameters.</summary>
    public string Sql { get; } = sql;

    /// <summary>Adds the parameters.</summary>
    public Action<NpgsqlParameterCollection, TArgument> Bind { get; } = bind;
}
