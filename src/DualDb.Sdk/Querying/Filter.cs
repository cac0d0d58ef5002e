using DualDb.Querying;
using DualDb.Rest;

namespace DualDb;

/// <summary>
/// A condition on rows of one entity: an immutable value that is written as SQL with parameters, and evaluated in memory with the same answer.
/// Made by the operators and methods of <see cref="Column{TEntity, T}"/>, joined by <c>&amp;&amp;</c>, <c>||</c> and <c>!</c>.
/// </summary>
/// <typeparam name="TEntity">The entity.</typeparam>
public abstract class Filter<TEntity>
    where TEntity : class
{
    private protected Filter(int member) => Member = member;

    /// <summary>The condition that every row meets.</summary>
    public static Filter<TEntity> All { get; } = new Constant<TEntity>(true);

    /// <summary>The condition that no row meets.</summary>
    public static Filter<TEntity> None { get; } = new Constant<TEntity>(false);

    /// <summary>The member of a view that this is about; 0 outside of views, and <see cref="SeveralMembers"/> where it mixes two.</summary>
    internal int Member { get; }

    /// <summary>The member of a condition that is about more than one.</summary>
    internal const int SeveralMembers = -1;

// The compiler takes && and || only where operands, parameters and result agree to the last annotation. Conditions that come from code without
// annotations (the methods on texts and lists, projects without nullable reference types) agree with operators that have none either.
#nullable disable
    /// <summary>Both conditions hold.</summary>
    /// <param name="left">A condition.</param>
    /// <param name="right">Another.</param>
    public static Filter<TEntity> operator &(Filter<TEntity> left, Filter<TEntity> right) => Logic<TEntity>.And(left, right);

    /// <summary>One of the conditions holds, or both.</summary>
    /// <param name="left">A condition.</param>
    /// <param name="right">Another.</param>
    public static Filter<TEntity> operator |(Filter<TEntity> left, Filter<TEntity> right) => Logic<TEntity>.Or(left, right);
#nullable restore

    /// <summary>The condition does not hold. What is neither true nor false, because NULL is compared, stays so.</summary>
    /// <param name="operand">The condition.</param>
    public static Filter<TEntity> operator !(Filter<TEntity> operand) => Negation<TEntity>.Of(operand);

    /// <summary>Never: so that <c>||</c> looks at both sides.</summary>
    /// <param name="operand">A condition.</param>
    public static bool operator true(Filter<TEntity> operand) => false;

    /// <summary>Never: so that <c>&amp;&amp;</c> looks at both sides.</summary>
    /// <param name="operand">A condition.</param>
    public static bool operator false(Filter<TEntity> operand) => false;

    /// <summary>Both conditions hold.</summary>
    /// <param name="other">Another condition.</param>
    public Filter<TEntity> And(Filter<TEntity> other) => this & other;

    /// <summary>One of the conditions holds, or both.</summary>
    /// <param name="other">Another condition.</param>
    public Filter<TEntity> Or(Filter<TEntity> other) => this | other;

    /// <summary>Whether a query with this condition would yield the row: false also where the answer is unknown.</summary>
    /// <param name="row">The row, as it is stored.</param>
    /// <exception cref="NotSupportedException">Only PostgreSQL can tell: full-text search, SQL of your own, types of your own.</exception>
    public bool Matches(TEntity row) => Evaluate(row) is true;

    /// <summary>The answer for a row: true, false, or null for SQL's unknown.</summary>
    /// <param name="row">The row, as it is stored.</param>
    /// <exception cref="NotSupportedException">Only PostgreSQL can tell: full-text search, SQL of your own, types of your own.</exception>
    public bool? Evaluate(TEntity row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return Decide(row);
    }

    /// <summary>The SQL of the condition, its parameters numbered from 1.</summary>
    public override string ToString()
    {
        var sql = new SqlWriter();
        WriteSql(sql);
        return sql.ToString();
    }

    /// <summary>How many levels of other conditions are within this one.</summary>
    internal virtual int Depth => 0;

    internal abstract bool? Decide(TEntity row);

    /// <summary>Writes what the SQL depends on.</summary>
    internal abstract void WriteShape(ref ShapeWriter shape);

    /// <summary>Writes the SQL; what is joined by <c>or</c> comes in parentheses.</summary>
    internal abstract void WriteSql(SqlWriter sql);

    /// <summary>Adds the values, in the order in which <see cref="WriteSql"/> has numbered them.</summary>
    internal abstract void Bind(ParameterWriter parameters);

    /// <summary>The list of values that a column must have one of; null where the condition is another.</summary>
    internal virtual RestList? AsRestList() => null;

    /// <summary>The conditions all of which must hold for this one to hold.</summary>
    internal virtual IReadOnlyList<Filter<TEntity>> Conjuncts => [this];

    /// <summary>Writes the condition as PostgREST has it.</summary>
    /// <exception cref="NotSupportedException">PostgREST has no such condition.</exception>
    internal abstract void WriteRest(RestFilter rest);
}
