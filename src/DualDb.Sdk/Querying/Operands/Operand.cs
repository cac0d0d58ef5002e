using System.ComponentModel;
using DualDb.Mapping;
using DualDb.Mapping.Wire;
using DualDb.Rest;
using NpgsqlTypes;

namespace DualDb.Querying;

/// <summary>Something of a row that has a value: a column, or what is computed from columns.</summary>
/// <typeparam name="TEntity">The entity.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class Operand<TEntity>
    where TEntity : class
{
    private protected Operand()
    {
    }

    /// <summary>The name, for messages.</summary>
    internal abstract string Name { get; }

    /// <summary>Whether the value may be NULL.</summary>
    internal abstract bool IsNullable { get; }

    /// <summary>Writes what tells this operand from all others of the entity.</summary>
    internal abstract void WriteShape(ref ShapeWriter shape);

    /// <summary>Writes the SQL of the value.</summary>
    internal abstract void WriteSql(SqlWriter sql);

    /// <summary>Writes the SQL that a select list needs to read the value.</summary>
    internal virtual void WriteSelectSql(SqlWriter sql) => WriteSql(sql);

    /// <summary>
    /// Writes the SQL that rows are ordered by. PostgreSQL takes a bare name here for one of the select list, where it may be a cast of the column, or
    /// a function of the same name: <c>count</c> and <c>length</c> are good names for columns.
    /// </summary>
    /// <param name="sql">Where it is written.</param>
    /// <param name="table">The table, which makes the name more than a bare one.</param>
    internal virtual void WriteOrderSql(SqlWriter sql, string table) => WriteSql(sql);

    /// <summary>Adds the parameters that <see cref="WriteSql"/> has numbered, in the same order.</summary>
    internal virtual void Bind(ParameterWriter parameters)
    {
    }

    /// <summary>What stands for the value in filters and orders over REST.</summary>
    /// <exception cref="NotSupportedException">PostgREST has nothing that does.</exception>
    internal virtual string RestPath => throw RestUnsupported.Of($"{Name} is computed, which cannot be filtered or ordered by");

    /// <summary>What stands for the value in a select list over REST.</summary>
    /// <exception cref="NotSupportedException">PostgREST has nothing that does.</exception>
    internal abstract string RestSelect { get; }

    /// <summary>Whether PostgREST compares the value rightly by equality alone.</summary>
    internal virtual bool IsForRestEqualityOnly => false;

    /// <summary>Whether the value is computed over many rows.</summary>
    internal virtual bool IsAggregate => false;

    /// <summary>Whether the value is a document of JSON, or a list of them.</summary>
    internal abstract bool IsDocument { get; }

    /// <summary>The member of an answer that holds the value.</summary>
    internal abstract RowMember RestMember(string name);

    /// <summary>Whether the value of a row is NULL.</summary>
    internal abstract bool IsNull(TEntity row);
}

/// <summary>Something of a row that has a value of a known type.</summary>
/// <typeparam name="TEntity">The entity.</typeparam>
/// <typeparam name="T">The type.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class Operand<TEntity, T> : Operand<TEntity>
    where TEntity : class
{
    private protected Operand(ColumnCodec<T> codec) => Codec = codec;

    /// <summary>How values travel and compare.</summary>
    internal ColumnCodec<T> Codec { get; }

    /// <summary>The value of a row.</summary>
    internal abstract T Evaluate(TEntity row);

    /// <summary>The value over the rows of two requests, of the values over those of each; null where it does not follow from them, or is that of one row.</summary>
    internal virtual Func<T, T, T>? RestCombine => null;

    internal override string RestSelect => RestPath;

    internal override RowMember RestMember(string name)
        => new(name, IsDocument ? CellUse.Document : Codec.Cast is null ? CellUse.Value : CellUse.AnyText, IsCaseless: Codec.IsCaseless);

    internal override bool IsDocument => (Codec.Type & ~NpgsqlDbType.Array) is NpgsqlDbType.Json or NpgsqlDbType.Jsonb;

    internal sealed override bool IsNull(TEntity row) => Evaluate(row) is null;
}
