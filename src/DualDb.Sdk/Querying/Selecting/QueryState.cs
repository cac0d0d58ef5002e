using DualDb.Mapping;
using DualDb.Rest;

namespace DualDb.Querying;

/// <summary>All that was asked of a query. Each step of a query makes a copy, so that a query can be kept and gone on from twice.</summary>
internal sealed record QueryState<TEntity>
    where TEntity : class
{
    public Filter<TEntity> Filter { get; init; } = Filter<TEntity>.All;

    public IReadOnlyList<OrderTerm<TEntity>> Order { get; init; } = [];

    public int? Take { get; init; }

    public int? Skip { get; init; }

    public bool IsDistinct { get; init; }

    public RowLock Lock { get; init; }

    public bool IncludesDeleted { get; init; }

    /// <summary>Whether a change of all rows was asked for by name.</summary>
    public bool MeansAllRows { get; init; }

    public DatabaseTransaction? Transaction { get; init; }

    /// <summary>Whether the filter decides that there is nothing to find, so that nothing need be sent.</summary>
    public bool MatchesNothing => Filter is Constant<TEntity> { Value: false };

    public bool IsLimited => Take is not null || Skip is not null;

    public bool HasFilter => Filter is not Constant<TEntity> { Value: true };

    /// <summary>Writes all that the SQL depends on besides what is selected.</summary>
    public void WriteShape(ref ShapeWriter shape)
    {
        Filter.WriteShape(ref shape);
        shape.Write(ShapeCodes.Order, Order.Count);
        foreach (var term in Order)
        {
            term.WriteShape(ref shape);
        }

        shape.Write(ShapeCodes.Flags, (Take is null ? 0 : 1) + (Skip is null ? 0 : 2) + (IsDistinct ? 4 : 0) + (IncludesDeleted ? 8 : 0) + ((int)Lock << 4));
    }

    /// <summary>The clause that leaves out rows, with a keyset or without; nothing where none are left out.</summary>
    public void WriteWhere(SqlWriter sql, QueryFacts facts, Keyset<TEntity>? keyset = null)
    {
        var separator = "\nwhere ";
        if (facts.Live is { } live && !IncludesDeleted)
        {
            sql.Write(separator).Write(live);
            separator = " and ";
        }

        if (HasFilter)
        {
            Filter.WriteSql(sql.Write(separator));
            separator = " and ";
        }

        keyset?.WriteSql(sql.Write(separator));
    }

    public void WriteOrder(SqlWriter sql, QueryFacts facts)
    {
        for (var i = 0; i < Order.Count; i++)
        {
            Order[i].WriteSql(sql.Write(i == 0 ? "\norder by " : ", "), facts.Table);
        }
    }

    public void WriteLimit(SqlWriter sql)
    {
        if (Take is not null)
        {
            sql.Write("\nlimit ").Parameter();
        }

        if (Skip is not null)
        {
            sql.Write("\noffset ").Parameter();
        }
    }

    public void WriteLock(SqlWriter sql)
        => sql.Write(Lock switch
        {
            RowLock.Wait => "\nfor update",
            RowLock.SkipLocked => "\nfor update skip locked",
            RowLock.NoWait => "\nfor update nowait",
            _ => "",
        });

    public void BindOrder(ParameterWriter parameters)
    {
        foreach (var term in Order)
        {
            term.Operand.Bind(parameters);
        }
    }

    public void BindLimit(ParameterWriter parameters)
    {
        if (Take is { } take)
        {
            parameters.Add<long>(take, NpgsqlTypes.NpgsqlDbType.Bigint);
        }

        if (Skip is { } skip)
        {
            parameters.Add<long>(skip, NpgsqlTypes.NpgsqlDbType.Bigint);
        }
    }

    /// <summary>Whether rows may come from several requests one after another, because any of them will do.</summary>
    public bool MayBeParted => Order.Count == 0 && Skip is null;

    /// <summary>The same over REST.</summary>
    /// <param name="select">What is selected.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="facts">The facts of the entity.</param>
    /// <param name="keyset">The condition of a page; null for none.</param>
    /// <param name="mayPart">Whether what several requests give can be put together.</param>
    public RestSelect WriteRest(RestSelect select, RestColumns columns, QueryFacts facts, Keyset<TEntity>? keyset = null, bool mayPart = false)
    {
        if (Lock != RowLock.None)
        {
            throw RestUnsupported.Of($"Rows of {columns.Entity.Name} cannot be locked");
        }

        var asked = select with
        {
            Parameters = facts.Live is null || IncludesDeleted ? [] : RestMarks.Live(columns),
            Order = Order.Count == 0 ? columns.KeyOrder : string.Join(',', Order.Select(static term => term.Rest)) + "," + columns.KeyOrder,
            Take = Take,
            Skip = Skip,
        };
        return asked with { Groups = QueryConditions.Of(this, keyset, columns, mayPart ? asked : null) };
    }
}
