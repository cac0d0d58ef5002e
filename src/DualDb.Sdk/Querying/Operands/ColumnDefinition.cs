using System.ComponentModel;
using DualDb.Mapping;
using DualDb.Rest;

namespace DualDb.Querying;

/// <summary>A column of the table; generated code makes one per mapped member.</summary>
/// <typeparam name="TEntity">The entity.</typeparam>
/// <typeparam name="T">The type of the member.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ColumnDefinition<TEntity, T> : Operand<TEntity, T>
    where TEntity : class
{
    private readonly int _ordinal;
    private readonly string _sql;
    private readonly string _selectSql;
    private readonly Func<TEntity, T> _valueOf;

    /// <summary>Describes a column.</summary>
    /// <param name="ordinal">Its place in the entity's select list, from 0.</param>
    /// <param name="name">Its name, as PostgreSQL spells it.</param>
    /// <param name="sql">The name in SQL, quoted where it must be.</param>
    /// <param name="selectSql">The SQL that reads it.</param>
    /// <param name="isNullable">Whether it accepts NULL.</param>
    /// <param name="isSettable">Whether an update may set it.</param>
    /// <param name="codec">How its values travel.</param>
    /// <param name="valueOf">The member's value.</param>
    public ColumnDefinition(int ordinal, string name, string sql, string selectSql, bool isNullable, bool isSettable, ColumnCodec<T> codec, Func<TEntity, T> valueOf)
        : base(codec)
    {
        _ordinal = ordinal;
        Name = name;
        _sql = sql;
        _selectSql = selectSql;
        IsNullable = isNullable;
        IsSettable = isSettable;
        _valueOf = valueOf;
    }

    /// <summary>Reads the column of a selected row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="ordinal">The place of the column in the selection, from 0.</param>
    public T Read(ResultRow row, int ordinal) => Codec.Read(row, ordinal);

    internal override string Name { get; }

    internal override bool IsNullable { get; }

    /// <summary>Whether an update may set it.</summary>
    internal bool IsSettable { get; }

    internal int Ordinal => _ordinal;

    internal override void WriteShape(ref ShapeWriter shape) => shape.Write(ShapeCodes.Column, _ordinal);

    internal override void WriteSql(SqlWriter sql) => sql.Write(_sql);

    internal override void WriteSelectSql(SqlWriter sql) => sql.Write(_selectSql);

    internal override void WriteOrderSql(SqlWriter sql, string table) => sql.Write(table).Write(".").Write(_sql);

    internal override T Evaluate(TEntity row) => _valueOf(row);

    internal override string RestPath => RestNames.Quote(Name);
}
