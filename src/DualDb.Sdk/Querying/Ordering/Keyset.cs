using DualDb.Rest;

namespace DualDb.Querying;

/// <summary>
/// The condition that a row comes after another in an order. Where all parts run in the same direction and none is NULL it is a comparison
/// of rows, which an index on the same columns answers directly; else each part is spelled out.
/// </summary>
/// <param name="order">The order.</param>
/// <param name="values">What the other row has in each part of it.</param>
/// <param name="includesPlace">Whether the other row itself is meant as well.</param>
internal sealed class Keyset<TEntity>(IReadOnlyList<OrderTerm<TEntity>> order, IReadOnlyList<CursorValue> values, bool includesPlace)
    where TEntity : class
{
    // How many alternatives there are: after in one of the parts, and perhaps the same in all.
    private readonly int _alternatives = order.Count + (includesPlace ? 1 : 0);

    private readonly bool _isRow = order.All(term => !term.Operand.IsNullable && term.IsDescending == order[0].IsDescending);

    public void WriteShape(ref ShapeWriter shape)
    {
        shape.Write(ShapeCodes.Keyset, (2 * order.Count) + (includesPlace ? 1 : 0));
        foreach (var value in values)
        {
            shape.Write(value.IsNull ? ShapeCodes.Absent : ShapeCodes.Present);
        }
    }

    public void WriteSql(SqlWriter sql)
    {
        if (_isRow)
        {
            WriteRowComparison(sql);
        }
        else
        {
            WriteAlternatives(sql);
        }
    }

    public void Bind(ParameterWriter parameters)
    {
        if (_isRow)
        {
            foreach (var term in order)
            {
                term.Operand.Bind(parameters);
            }

            foreach (var value in values)
            {
                value.Bind(parameters);
            }

            return;
        }

        for (var last = 0; last < _alternatives; last++)
        {
            for (var part = 0; part <= last && part < order.Count; part++)
            {
                BindPart(parameters, part, isLast: part == last);
            }
        }
    }

    private void WriteRowComparison(SqlWriter sql)
    {
        sql.Write("(");
        for (var part = 0; part < order.Count; part++)
        {
            order[part].Operand.WriteSql(sql.Write(part == 0 ? "" : ", "));
        }

        sql.Write(order[0].IsDescending ? ") <" : ") >").Write(includesPlace ? "= (" : " (");
        for (var part = 0; part < order.Count; part++)
        {
            sql.Write(part == 0 ? "" : ", ").Parameter(values[part].Cast);
        }

        sql.Write(")");
    }

    // After in the first part; or the same there, and after in the second; and so on; or the same in all.
    private void WriteAlternatives(SqlWriter sql)
    {
        sql.Write("(");
        for (var last = 0; last < _alternatives; last++)
        {
            sql.Write(last == 0 ? "(" : " or (");
            for (var part = 0; part <= last && part < order.Count; part++)
            {
                WritePart(sql.Write(part == 0 ? "" : " and "), part, isLast: part == last);
            }

            sql.Write(")");
        }

        sql.Write(")");
    }

    private void WritePart(SqlWriter sql, int part, bool isLast)
    {
        var (term, value) = (order[part], values[part]);
        if (value.IsNull)
        {
            // After NULL: all values where NULL comes first, else nothing.
            var found = !isLast ? " is null" : term.NullsFirst ? " is not null" : null;
            if (found is null)
            {
                sql.Write("false");
                return;
            }

            term.Operand.WriteSql(sql);
            sql.Write(found);
            return;
        }

        var nullsFollow = isLast && term.Operand.IsNullable && !term.NullsFirst;
        term.Operand.WriteSql(sql.Write(nullsFollow ? "(" : ""));
        sql.Write(!isLast ? " = " : term.IsDescending ? " < " : " > ").Parameter(value.Cast);
        if (nullsFollow)
        {
            term.Operand.WriteSql(sql.Write(" or "));
            sql.Write(" is null)");
        }
    }

    private void BindPart(ParameterWriter parameters, int part, bool isLast)
    {
        var (term, value) = (order[part], values[part]);
        if (value.IsNull)
        {
            if (!isLast || term.NullsFirst)
            {
                term.Operand.Bind(parameters);
            }

            return;
        }

        term.Operand.Bind(parameters);
        value.Bind(parameters);
        if (isLast && term.Operand.IsNullable && !term.NullsFirst)
        {
            term.Operand.Bind(parameters);
        }
    }

    /// <summary>The same condition for PostgREST, which compares no rows: each part is spelled out.</summary>
    public void WriteRest(RestFilter rest)
        => rest.Join(isAnd: false, () =>
        {
            for (var last = 0; last < _alternatives; last++)
            {
                if (!IsEmpty(last))
                {
                    WriteRestAlternative(rest, last);
                }
            }
        });

    // After NULL, where NULL comes last, there is nothing.
    private bool IsEmpty(int last) => last < order.Count && values[last].IsNull && !order[last].NullsFirst;

    private void WriteRestAlternative(RestFilter rest, int last)
        => rest.Join(isAnd: true, () =>
        {
            for (var part = 0; part <= last && part < order.Count; part++)
            {
                WriteRestPart(rest, order[part], values[part], isLast: part == last);
            }
        });

    private static void WriteRestPart(RestFilter rest, OrderTerm<TEntity> term, CursorValue value, bool isLast)
    {
        var path = term.Operand.RestPath;
        if (value.RestText is not { } text)
        {
            if (isLast)
            {
                rest.Negate();
            }

            rest.Is(path, "null");
            return;
        }

        var operation = !isLast ? "eq" : term.IsDescending ? "lt" : "gt";
        if (!isLast || !term.Operand.IsNullable || term.NullsFirst)
        {
            rest.Compare(path, operation, text);
            return;
        }

        rest.Join(isAnd: false, () =>
        {
            rest.Compare(path, operation, text);
            rest.Is(path, "null");
        });
    }
}
