using DualDb.Querying;

namespace DualDb;

/// <summary>A column of JSON in a generated <c>…Columns</c> struct.</summary>
/// <typeparam name="TEntity">The entity.</typeparam>
/// <typeparam name="T">The type of the member it is mapped to.</typeparam>
public readonly partial struct JsonColumn<TEntity, T>
    where TEntity : class
{
    private readonly Column<TEntity, T> _column;

    /// <summary>Creates the column; for generated code.</summary>
    /// <param name="operand">What has the value.</param>
    /// <param name="member">The member of a view whose rows are meant; 0 outside of views.</param>
    public JsonColumn(Operand<TEntity, T> operand, int member) => _column = new Column<TEntity, T>(operand, member);

    /// <summary>The whole document as a column, to select it.</summary>
    public Column<TEntity, T> Value => _column;

    /// <summary>The column is NULL: there is no document, not even JSON's <c>null</c>.</summary>
    public Filter<TEntity> IsNull() => _column.IsNull();

    /// <summary>The column is not NULL: there is a document, if only JSON's <c>null</c>.</summary>
    public Filter<TEntity> IsNotNull() => _column.IsNotNull();

    /// <summary>The column's name.</summary>
    public override string ToString() => _column.Name;
}
