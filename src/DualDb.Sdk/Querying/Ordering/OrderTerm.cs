using System.ComponentModel;
using DualDb.Mapping;
using DualDb.Rest;
using Npgsql;

namespace DualDb.Querying;

/// <summary>One part of an order.</summary>
/// <typeparam name="TEntity">The entity.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class OrderTerm<TEntity>
    where TEntity : class
{
    private protected OrderTerm(Operand<TEntity> operand, bool isDescending, Nulls nulls)
    {
        Operand = operand;
        IsDescending = isDescending;
        NullsFirst = nulls == Nulls.First || (nulls == Nulls.Default && isDescending);
    }

    internal Operand<TEntity> Operand { get; }

    internal bool IsDescending { get; }

    internal bool NullsFirst { get; }

    /// <summary>Ascending by a column; for generated code.</summary>
    /// <typeparam name="T">The type of the column.</typeparam>
    /// <param name="column">The column.</param>
    public static OrderTerm<TEntity> By<T>(Operand<TEntity, T> column) => new OrderTerm<TEntity, T>(column, isDescending: false, Nulls.Default);

    /// <summary>The same, backwards.</summary>
    internal abstract OrderTerm<TEntity> Reversed();

    /// <summary>The same, in the other direction only where asked.</summary>
    internal abstract OrderTerm<TEntity> Directed(bool isDescending);

    /// <summary>Whether a cursor can hold values of it.</summary>
    internal abstract bool IsForCursors { get; }

    internal abstract void WriteValue(BinaryWriter writer, ResultRow row, int ordinal);

    internal abstract CursorValue ReadValue(BinaryReader reader);

    internal void WriteShape(ref ShapeWriter shape)
    {
        shape.Write(ShapeCodes.Order, (IsDescending ? 1 : 0) + (NullsFirst ? 2 : 0));
        Operand.WriteShape(ref shape);
    }

    internal void WriteSql(SqlWriter sql, string table)
    {
        Operand.WriteOrderSql(sql, table);
        if (IsDescending)
        {
            sql.Write(" desc");
        }

        // Said only where it differs from what PostgreSQL does by itself, and matters.
        if (Operand.IsNullable && NullsFirst != IsDescending)
        {
            sql.Write(NullsFirst ? " nulls first" : " nulls last");
        }
    }

    /// <summary>The part as PostgREST has it.</summary>
    internal string Rest
        => Operand.IsForRestEqualityOnly
            ? throw RestUnsupported.Of($"{Operand.Name}, a number or a truth value inside of JSON, cannot be ordered by")
            : Operand.RestPath + (IsDescending ? ".desc" : ".asc") + (NullsFirst ? ".nullsfirst" : ".nullslast");
}

/// <summary>One part of an order, by values of a known type.</summary>
internal sealed class OrderTerm<TEntity, T>(Operand<TEntity, T> operand, bool isDescending, Nulls nulls) : OrderTerm<TEntity>(operand, isDescending, nulls)
    where TEntity : class
{
    internal override OrderTerm<TEntity> Reversed()
        => new OrderTerm<TEntity, T>(operand, !IsDescending, NullsFirst ? Nulls.Last : Nulls.First);

    internal override OrderTerm<TEntity> Directed(bool isDescending)
        => isDescending == IsDescending ? this : new OrderTerm<TEntity, T>(operand, isDescending, Nulls.Default);

    internal override bool IsForCursors => operand.Codec.IsForCursors;

    internal override void WriteValue(BinaryWriter writer, ResultRow row, int ordinal)
        => operand.Codec.Write(writer, operand.Codec.Read(row, ordinal));

    internal override CursorValue ReadValue(BinaryReader reader) => new CursorValue<T>(operand.Codec, operand.Codec.Read(reader));
}
