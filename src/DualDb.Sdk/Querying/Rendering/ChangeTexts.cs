using DualDb.Mapping;
using DualDb.Rest;

namespace DualDb.Querying;

/// <summary>The assignments of an update in SQL.</summary>
internal static class AssignmentList
{
    public static void WriteShape<TEntity>(this IReadOnlyList<Assignment<TEntity>> assignments, ref ShapeWriter shape)
        where TEntity : class
    {
        shape.Write(ShapeCodes.Assignments, assignments.Count);
        foreach (var assignment in assignments)
        {
            assignment.WriteShape(ref shape);
        }
    }

    public static void WriteSql<TEntity>(this IReadOnlyList<Assignment<TEntity>> assignments, SqlWriter sql, QueryFacts facts)
        where TEntity : class
    {
        sql.Write("update ").Write(facts.Table).Write("\nset ");
        for (var i = 0; i < assignments.Count; i++)
        {
            assignments[i].WriteSql(sql.Write(i == 0 ? "" : ", "));
        }

        if (facts.Traces is { } traces)
        {
            sql.Write(", ").Write(traces);
        }
    }

    public static void Bind<TEntity>(this IReadOnlyList<Assignment<TEntity>> assignments, ParameterWriter parameters)
        where TEntity : class
    {
        foreach (var assignment in assignments)
        {
            assignment.Bind(parameters);
        }
    }

    public static void WriteRest<TEntity>(this IReadOnlyList<Assignment<TEntity>> assignments, RestBody body, RestColumns columns)
        where TEntity : class
    {
        foreach (var assignment in assignments)
        {
            assignment.WriteRest(body, columns);
        }
    }
}

/// <summary>
/// An update or a deletion of the rows of a query. PostgreSQL limits neither: where the query does, or locks, the rows are chosen by a
/// select first, all in one statement.
/// </summary>
internal sealed class ChangeText<TEntity>(QueryFacts facts, QueryState<TEntity> state, IReadOnlyList<Assignment<TEntity>>? assignments) : QueryText<TEntity>
    where TEntity : class
{
    // A lock alone changes nothing but how rows that others hold are met.
    private bool ChoosesFirst => state.IsLimited || state.Lock is RowLock.SkipLocked or RowLock.NoWait;

    public override void Bind(ParameterWriter parameters)
    {
        if (ChoosesFirst)
        {
            state.Filter.Bind(parameters);
            state.BindOrder(parameters);
            state.BindLimit(parameters);
            assignments?.Bind(parameters);
        }
        else
        {
            assignments?.Bind(parameters);
            state.Filter.Bind(parameters);
        }
    }

    protected override void WriteShape(ref ShapeWriter shape)
    {
        shape.Write(assignments is null ? ShapeCodes.Delete : ShapeCodes.Update);
        assignments?.WriteShape(ref shape);
        state.WriteShape(ref shape);
    }

    protected override void WriteSql(SqlWriter sql)
    {
        if (!ChoosesFirst)
        {
            WriteHead(sql);
            state.WriteWhere(sql, facts);
            return;
        }

        // Materialised, so that the rows are chosen once, whatever the planner makes of the rest; and locked, so that a row that is being
        // changed by another is looked at again before it counts.
        sql.Write("with chosen as materialized (\nselect ").Write(facts.KeyColumns).Write("\nfrom ").Write(facts.Table);
        state.WriteWhere(sql, facts);
        state.WriteOrder(sql, facts);
        state.WriteLimit(sql);
        (state.Lock == RowLock.None ? state with { Lock = RowLock.Wait } : state).WriteLock(sql);
        sql.Write(")\n");
        WriteHead(sql);
        sql.Write("\nwhere (").Write(facts.KeyColumns).Write(") in (select ").Write(facts.KeyColumns).Write(" from chosen)");
    }

    private void WriteHead(SqlWriter sql)
    {
        if (assignments is not null)
        {
            assignments.WriteSql(sql, facts);
        }
        else if (facts.Mark is { } mark)
        {
            sql.Write("update ").Write(facts.Table).Write("\nset ").Write(mark).Write(facts.Traces is { } traces ? ", " + traces : "");
        }
        else
        {
            sql.Write("delete from ").Write(facts.Table);
        }
    }

    public override async ValueTask<long> ChangeAsync(RestTable rest, string operation, CancellationToken cancellationToken)
    {
        if (rest.Columns.Version is not null && (assignments is not null || facts.Mark is not null))
        {
            throw RestUnsupported.Of($"{operation} of {rest.Entity.Name} by a condition would have to count up the version of each row, which cannot be done in one request");
        }

        var select = state.WriteRest(new RestSelect(rest.Columns.KeySelect, rest.Columns.KeyShape), rest.Columns, facts, mayPart: state.MayBeParted);
        if (select.Groups.Count > 1)
        {
            throw RestUnsupported.Of($"{operation} of {rest.Entity.Name} by a list that is too long for one request cannot be done at once");
        }

        if (select is { Parameters.Count: 0, Groups: [null] })
        {
            // Hosted projects refuse a change without any condition, also one of all rows that was asked for by name.
            select = select with { Parameters = [(RestNames.Quote(rest.Columns.Key[0].Name), "not.is.null")] };
        }

        var changed = state.IsLimited ? await RestChosen.NarrowAsync(rest, select, cancellationToken).ConfigureAwait(false) : select with { Order = null };
        if (changed is null)
        {
            return 0;
        }

        var keys = assignments is null && facts.Mark is null
            ? await rest.DeleteAsync(changed, static _ => true, operation, cancellationToken).ConfigureAwait(false)
            : await rest.UpdateAsync(changed, RestBody.Of(body => body.Row(() => WriteRest(body, rest.Columns))), static _ => true, operation, cancellationToken).ConfigureAwait(false);
        return keys.Count;
    }

    private void WriteRest(RestBody body, RestColumns columns)
    {
        if (assignments is null)
        {
            RestMarks.Write(body, columns, marks: true);
        }
        else
        {
            assignments.WriteRest(body, columns);
        }

        RestMarks.WriteTraces(body, columns, version: null);
    }
}

/// <summary>An update of some columns of one row, by key.</summary>
internal sealed class PatchText<TEntity>(QueryFacts facts, IReadOnlyList<Assignment<TEntity>> assignments, bool checksVersion) : QueryText<TEntity>
    where TEntity : class
{
    /// <summary>Adds the assigned values; the key's come before, the version after.</summary>
    public override void Bind(ParameterWriter parameters) => assignments.Bind(parameters);

    protected override void WriteShape(ref ShapeWriter shape)
    {
        shape.Write(ShapeCodes.Patch, checksVersion ? 1 : 0);
        assignments.WriteShape(ref shape);
    }

    protected override void WriteSql(SqlWriter sql)
    {
        sql.SkipParameters(facts.KeyParts);
        assignments.WriteSql(sql, facts);
        sql.Write("\nwhere ").Write(facts.KeyCondition);
        if (checksVersion)
        {
            sql.Write(" and ").Write(facts.Version!).Write(" = ").Parameter();
        }

        sql.Write(facts.Live is { } live ? " and " + live : "").Write("\nreturning ").Write(facts.Columns);
    }

    /// <summary>The body of the change.</summary>
    public ReadOnlyMemory<byte> RestBodyOf(RestColumns columns, long? version)
        => RestBody.Of(body => body.Row(() =>
        {
            assignments.WriteRest(body, columns);
            RestMarks.WriteTraces(body, columns, version);
        }));
}
