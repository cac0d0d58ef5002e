namespace DualDb.Querying;

/// <summary>The operators that compare two values.</summary>
internal enum ComparisonOperator
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// <summary>What the operators are in SQL and in memory.</summary>
internal static class ComparisonOperators
{
    public static string Sql(this ComparisonOperator comparison) => comparison switch
    {
        ComparisonOperator.Equal => " = ",
        ComparisonOperator.NotEqual => " <> ",
        ComparisonOperator.Less => " < ",
        ComparisonOperator.LessOrEqual => " <= ",
        ComparisonOperator.Greater => " > ",
        _ => " >= ",
    };

    /// <summary>Whether the operator asks for an order, and not only for equality.</summary>
    public static bool Sorts(this ComparisonOperator comparison) => comparison > ComparisonOperator.NotEqual;

    /// <summary>Whether an order meets the operator.</summary>
    /// <param name="comparison">The operator; one that sorts.</param>
    /// <param name="order">Below, at or above zero.</param>
    public static bool Accepts(this ComparisonOperator comparison, int order) => comparison switch
    {
        ComparisonOperator.Less => order < 0,
        ComparisonOperator.LessOrEqual => order <= 0,
        ComparisonOperator.Greater => order > 0,
        _ => order >= 0,
    };

    public static string Rest(this ComparisonOperator comparison) => comparison switch
    {
        ComparisonOperator.Equal => "eq",
        ComparisonOperator.NotEqual => "neq",
        ComparisonOperator.Less => "lt",
        ComparisonOperator.LessOrEqual => "lte",
        ComparisonOperator.Greater => "gt",
        _ => "gte",
    };
}
