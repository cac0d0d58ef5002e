namespace DualDb.Mapping;

/// <summary>One constant statement of a generated repository, and how its argument becomes parameters.</summary>
/// <typeparam name="TArgument">What the statement is asked with.</typeparam>
/// <param name="operation">The repository's method, for messages and traces: <c>ListByUserIdAsync</c>.</param>
/// <param name="columns">The columns that the argument is compared with, one for each value that is bound.</param>
/// <param name="sql">The SQL, with positional parameters.</param>
/// <param name="bind">Adds the parameters.</param>
public sealed class Statement<TArgument>(string operation, IReadOnlyList<string> columns, string sql, Action<ParameterBinder, TArgument> bind)
{
    /// <summary>The repository's method.</summary>
    public string Operation { get; } = operation;

    /// <summary>The columns that the argument is compared with.</summary>
    public IReadOnlyList<string> Columns { get; } = columns;

    /// <summary>The SQL, with positional parameters.</summary>
    public string Sql { get; } = sql;

    /// <summary>Adds the parameters.</summary>
    public Action<ParameterBinder, TArgument> Bind { get; } = bind;

    /// <summary>Whether the argument is a list of values, one of which the column has.</summary>
    internal bool IsOfMany { get; } = typeof(TArgument).IsConstructedGenericType && typeof(TArgument).GetGenericTypeDefinition() == typeof(IReadOnlyList<>);
}
