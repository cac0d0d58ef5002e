using System.ComponentModel;
using System.Runtime.CompilerServices;
using DualDb.RawSql;

namespace DualDb.Querying;

/// <summary>
/// A condition written as an interpolated string: columns become their names, conditions theirs, and every other value a parameter. A plain
/// <see cref="string"/> is not accepted. Only PostgreSQL can evaluate it.
/// </summary>
/// <typeparam name="TEntity">The entity.</typeparam>
/// <param name="literalLength">The length of the text; filled in by the compiler.</param>
/// <param name="formattedCount">How many holes there are; filled in by the compiler.</param>
[InterpolatedStringHandler]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class SqlCondition<TEntity>(int literalLength, int formattedCount)
    where TEntity : class
{
    private readonly List<SqlPart<TEntity>> _parts = new((formattedCount * 2) + 1);
    private readonly SqlTextCheck _check = new(literalLength);

    /// <summary>Adds text. Called by the compiler.</summary>
    /// <param name="value">The text.</param>
    /// <exception cref="FormatException">It could end the condition, or begin a comment.</exception>
    public void AppendLiteral(string value)
    {
        _check.Add(value);
        _parts.Add(new SqlPart<TEntity>.Text(value));
    }

    /// <summary>Adds a column. Called by the compiler.</summary>
    /// <typeparam name="T">The type of the column.</typeparam>
    /// <param name="column">The column.</param>
    public void AppendFormatted<T>(Column<TEntity, T> column)
    {
        _check.AddHole(column.Name);
        _parts.Add(new SqlPart<TEntity>.Operand(column.Operand));
    }

    /// <summary>Adds a column. Called by the compiler.</summary>
    /// <typeparam name="T">The type of the column.</typeparam>
    /// <param name="column">The column.</param>
    public void AppendFormatted<T>(JsonColumn<TEntity, T> column) => AppendFormatted(column.Value);

    /// <summary>Adds a condition made before. Called by the compiler.</summary>
    /// <param name="filter">The condition.</param>
    public void AppendFormatted(Filter<TEntity> filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        _check.AddHole("condition");
        _parts.Add(new SqlPart<TEntity>.Condition(filter));
    }

    /// <summary>Adds SQL text. Called by the compiler.</summary>
    /// <param name="fragment">The text.</param>
    /// <exception cref="FormatException">It could end the condition, or begin a comment.</exception>
    public void AppendFormatted(SqlFragment fragment) => AppendLiteral(fragment.Text);

    /// <summary>Adds a parameter. Called by the compiler.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="expression">The hole's text, for messages.</param>
    /// <exception cref="ArgumentException">PostgreSQL cannot take the value.</exception>
    public void AppendFormatted<T>(T value, [CallerArgumentExpression(nameof(value))] string? expression = null)
    {
        _check.AddHole(expression);
        _parts.Add(new SqlPart<TEntity>.Value(SqlValue.Convert(value, expression)));
    }

    /// <summary>The condition; for generated code.</summary>
    /// <param name="member">The member of a view; 0 outside of views.</param>
    /// <exception cref="FormatException">It is empty, or quotes or parentheses do not match.</exception>
    public Filter<TEntity> ToFilter(int member)
    {
        _check.RequireWhole();
        return new SqlPredicate<TEntity>(_parts, member);
    }
}
