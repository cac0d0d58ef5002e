using DualDb.Querying;

namespace DualDb;

/// <summary>
/// A column of a generated <c>…Columns</c> struct, or what is computed from one. Its operators make a <see cref="Filter{TEntity}"/>
/// with PostgreSQL's meaning: a comparison with NULL is neither true nor false, except that <c>== null</c> and <c>!= null</c> ask for NULL itself.
/// Texts are sorted by code point in <c>&lt;</c> and <c>&gt;</c>, whatever the collation of the database.
/// </summary>
/// <typeparam name="TEntity">The entity.</typeparam>
/// <typeparam name="T">The type of the member it is mapped to.</typeparam>
public readonly struct Column<TEntity, T> : IEquatable<Column<TEntity, T>>
    where TEntity : class
{
    /// <summary>Creates the column; for generated code.</summary>
    /// <param name="operand">What has the value.</param>
    /// <param name="member">The member of a view whose rows are meant; 0 outside of views.</param>
    public Column(Operand<TEntity, T> operand, int member = 0)
    {
        Operand = operand;
        Member = member;
    }

    /// <summary>The column, as PostgreSQL spells it.</summary>
    public string Name => Operand.Name;

    internal Operand<TEntity, T> Operand { get; }

    internal int Member { get; }

    /// <summary>The column equals a value; is NULL where the value is null.</summary>
    /// <param name="column">The column.</param>
    /// <param name="value">The value, or null.</param>
    public static Filter<TEntity> operator ==(Column<TEntity, T> column, T value) => Comparison.Equal(column, value);

    /// <summary>The column has another value; is not NULL where the value is null. Not true of NULL.</summary>
    /// <param name="column">The column.</param>
    /// <param name="value">The value, or null.</param>
    public static Filter<TEntity> operator !=(Column<TEntity, T> column, T value) => Comparison.NotEqual(column, value);

    /// <summary>The column is below a value.</summary>
    /// <param name="column">The column.</param>
    /// <param name="value">The value; null is neither above nor below anything.</param>
    public static Filter<TEntity> operator <(Column<TEntity, T> column, T value) => Comparison.Of(column, ComparisonOperator.Less, value);

    /// <summary>The column is at most a value.</summary>
    /// <param name="column">The column.</param>
    /// <param name="value">The value; null is neither above nor below anything.</param>
    public static Filter<TEntity> operator <=(Column<TEntity, T> column, T value) => Comparison.Of(column, ComparisonOperator.LessOrEqual, value);

    /// <summary>The column is above a value.</summary>
    /// <param name="column">The column.</param>
    /// <param name="value">The value; null is neither above nor below anything.</param>
    public static Filter<TEntity> operator >(Column<TEntity, T> column, T value) => Comparison.Of(column, ComparisonOperator.Greater, value);

    /// <summary>The column is at least a value.</summary>
    /// <param name="column">The column.</param>
    /// <param name="value">The value; null is neither above nor below anything.</param>
    public static Filter<TEntity> operator >=(Column<TEntity, T> column, T value) => Comparison.Of(column, ComparisonOperator.GreaterOrEqual, value);

    /// <summary>The column equals a value; is NULL where the value is null.</summary>
    /// <param name="value">The value, or null.</param>
    /// <param name="column">The column.</param>
    public static Filter<TEntity> operator ==(T value, Column<TEntity, T> column) => column == value;

    /// <summary>The column has another value; is not NULL where the value is null. Not true of NULL.</summary>
    /// <param name="value">The value, or null.</param>
    /// <param name="column">The column.</param>
    public static Filter<TEntity> operator !=(T value, Column<TEntity, T> column) => column != value;

    /// <summary>The column is above a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="column">The column.</param>
    public static Filter<TEntity> operator <(T value, Column<TEntity, T> column) => column > value;

    /// <summary>The column is at least a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="column">The column.</param>
    public static Filter<TEntity> operator <=(T value, Column<TEntity, T> column) => column >= value;

    /// <summary>The column is below a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="column">The column.</param>
    public static Filter<TEntity> operator >(T value, Column<TEntity, T> column) => column < value;

    /// <summary>The column is at most a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="column">The column.</param>
    public static Filter<TEntity> operator >=(T value, Column<TEntity, T> column) => column <= value;

    /// <summary>Two columns are equal. Not true where one is NULL, nor where both are.</summary>
    /// <param name="left">A column.</param>
    /// <param name="right">Another column of the same row.</param>
    public static Filter<TEntity> operator ==(Column<TEntity, T> left, Column<TEntity, T> right) => Comparison.Of(left, ComparisonOperator.Equal, right);

    /// <summary>Two columns differ. Not true where one is NULL.</summary>
    /// <param name="left">A column.</param>
    /// <param name="right">Another column of the same row.</param>
    public static Filter<TEntity> operator !=(Column<TEntity, T> left, Column<TEntity, T> right) => Comparison.Of(left, ComparisonOperator.NotEqual, right);

    /// <summary>One column is below another.</summary>
    /// <param name="left">A column.</param>
    /// <param name="right">Another column of the same row.</param>
    public static Filter<TEntity> operator <(Column<TEntity, T> left, Column<TEntity, T> right) => Comparison.Of(left, ComparisonOperator.Less, right);

    /// <summary>One column is at most another.</summary>
    /// <param name="left">A column.</param>
    /// <param name="right">Another column of the same row.</param>
    public static Filter<TEntity> operator <=(Column<TEntity, T> left, Column<TEntity, T> right) => Comparison.Of(left, ComparisonOperator.LessOrEqual, right);

    /// <summary>One column is above another.</summary>
    /// <param name="left">A column.</param>
    /// <param name="right">Another column of the same row.</param>
    public static Filter<TEntity> operator >(Column<TEntity, T> left, Column<TEntity, T> right) => Comparison.Of(left, ComparisonOperator.Greater, right);

    /// <summary>One column is at least another.</summary>
    /// <param name="left">A column.</param>
    /// <param name="right">Another column of the same row.</param>
    public static Filter<TEntity> operator >=(Column<TEntity, T> left, Column<TEntity, T> right) => Comparison.Of(left, ComparisonOperator.GreaterOrEqual, right);

    /// <summary>The column is NULL.</summary>
    public Filter<TEntity> IsNull() => new NullTest<TEntity>(Operand, isNull: true, Member);

    /// <summary>The column is not NULL.</summary>
    public Filter<TEntity> IsNotNull() => new NullTest<TEntity>(Operand, isNull: false, Member);

    /// <summary>The column has one of these values. No values: nothing matches, and where that decides the query nothing is sent.</summary>
    /// <param name="values">The values, however many; null among them stands for NULL.</param>
    public Filter<TEntity> In(params T[] values) => Membership.In(this, values);

    /// <inheritdoc cref="In(T[])"/>
    /// <param name="values">The values, however many; null among them stands for NULL. They are read at once.</param>
    public Filter<TEntity> In(IEnumerable<T> values) => Membership.In(this, values);

    /// <summary>
    /// The column has none of these values. No values: everything matches. Not true of NULL unless there are no values.
    /// </summary>
    /// <param name="values">The values, however many; null among them leaves out NULL, which is left out anyway.</param>
    public Filter<TEntity> NotIn(params T[] values) => Membership.NotIn(this, values);

    /// <inheritdoc cref="NotIn(T[])"/>
    /// <param name="values">The values, however many. They are read at once.</param>
    public Filter<TEntity> NotIn(IEnumerable<T> values) => Membership.NotIn(this, values);

    /// <summary>The column is at least one value and at most another.</summary>
    /// <param name="from">The lower bound; null makes the answer unknown.</param>
    /// <param name="to">The upper bound; null makes the answer unknown.</param>
    public Filter<TEntity> Between(T from, T to) => new BetweenPredicate<TEntity, T>(Operand, from, to, Member);

    /// <summary>The column's name.</summary>
    public override string ToString() => Name;

    /// <summary>Whether this is the same column.</summary>
    /// <param name="other">Another column.</param>
    public bool Equals(Column<TEntity, T> other) => ReferenceEquals(Operand, other.Operand) && Member == other.Member;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Column<TEntity, T> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Operand, Member);
}
