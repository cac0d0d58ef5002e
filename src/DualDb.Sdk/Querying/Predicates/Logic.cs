namespace DualDb.Querying;

/// <summary>
/// Two conditions joined by <c>and</c> or <c>or</c>, with SQL's three values. Conditions that are joined in a loop make a chain that leans to
/// the left: it is walked without recursion, which would exhaust the stack.
/// </summary>
internal sealed class Logic<TEntity> : Filter<TEntity>
    where TEntity : class
{
    private readonly Filter<TEntity> _left;
    private readonly Filter<TEntity> _right;
    private readonly bool _isAnd;

    private Logic(Filter<TEntity> left, Filter<TEntity> right, bool isAnd)
        : base(MemberOf(left, right))
    {
        _left = left;
        _right = right;
        _isAnd = isAnd;
    }

    public static Filter<TEntity> And(Filter<TEntity> left, Filter<TEntity> right) => Join(left, right, isAnd: true);

    public static Filter<TEntity> Or(Filter<TEntity> left, Filter<TEntity> right) => Join(left, right, isAnd: false);

    internal override bool? Decide(TEntity row)
    {
        bool? result = _isAnd;
        foreach (var part in Parts())
        {
            var answer = part.Decide(row);
            if (answer == !_isAnd)
            {
                return !_isAnd;
            }

            result = answer is null ? null : result;
        }

        return result;
    }

    internal override void WriteShape(ref ShapeWriter shape)
    {
        var code = _isAnd ? ShapeCodes.And : ShapeCodes.Or;
        if (_left is not Logic<TEntity>)
        {
            shape.Write(code, 2);
            _left.WriteShape(ref shape);
            _right.WriteShape(ref shape);
            return;
        }

        var parts = Parts();
        shape.Write(code, parts.Count);
        foreach (var part in parts)
        {
            part.WriteShape(ref shape);
        }
    }

    internal override void WriteSql(SqlWriter sql)
    {
        sql.Write("(");
        var separator = "";
        foreach (var part in Parts())
        {
            part.WriteSql(sql.Write(separator));
            separator = _isAnd ? " and " : " or ";
        }

        sql.Write(")");
    }

    internal override void Bind(ParameterWriter parameters)
    {
        if (_left is not Logic<TEntity>)
        {
            _left.Bind(parameters);
            _right.Bind(parameters);
            return;
        }

        foreach (var part in Parts())
        {
            part.Bind(parameters);
        }
    }

    // All that is joined by the same word, from left to right.
    private List<Filter<TEntity>> Parts()
    {
        var parts = new List<Filter<TEntity>>();
        Filter<TEntity> rest = this;
        while (rest is Logic<TEntity> logic && logic._isAnd == _isAnd)
        {
            parts.Add(logic._right);
            rest = logic._left;
        }

        parts.Add(rest);
        parts.Reverse();
        return parts;
    }

    // A constant decides, or changes nothing; both hold for unknown as well.
    private static Filter<TEntity> Join(Filter<TEntity> left, Filter<TEntity> right, bool isAnd)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        if (left is Constant<TEntity> first)
        {
            return first.Value == isAnd ? right : left;
        }

        if (right is Constant<TEntity> second)
        {
            return second.Value == isAnd ? left : right;
        }

        return new Logic<TEntity>(left, right, isAnd);
    }

    private static int MemberOf(Filter<TEntity> left, Filter<TEntity> right)
        => left.Member == right.Member ? left.Member : SeveralMembers;
}
