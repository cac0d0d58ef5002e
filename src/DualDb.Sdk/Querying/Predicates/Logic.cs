using DualDb.Rest;

namespace DualDb.Querying;

/// <summary>
/// Two conditions joined by <c>and</c> or <c>or</c>, with SQL's three values. Conditions that are joined in a loop make a long chain, which is
/// walked without recursion: that would exhaust the stack.
/// </summary>
internal sealed class Logic<TEntity> : Filter<TEntity>
    where TEntity : class
{
    // Chains up to this length are walked by recursion, which allocates nothing.
    private const int ShortChain = 64;

    private readonly Filter<TEntity> _left;
    private readonly Filter<TEntity> _right;
    private readonly bool _isAnd;
    private readonly int _count;

    private Logic(Filter<TEntity> left, Filter<TEntity> right, bool isAnd)
        : base(MemberOf(left, right))
    {
        _left = left;
        _right = right;
        _isAnd = isAnd;
        _count = CountOf(left) + CountOf(right);
        Depth = Nesting.Of(Math.Max(DepthOf(left), DepthOf(right)));
    }

    internal override int Depth { get; }

    public static Filter<TEntity> And(Filter<TEntity> left, Filter<TEntity> right) => Join(left, right, isAnd: true);

    public static Filter<TEntity> Or(Filter<TEntity> left, Filter<TEntity> right) => Join(left, right, isAnd: false);

    internal override IReadOnlyList<Filter<TEntity>> Conjuncts => _isAnd ? Parts() : [this];

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
        shape.Write(_isAnd ? ShapeCodes.And : ShapeCodes.Or, _count);
        if (_count <= ShortChain)
        {
            WriteParts(ref shape);
            return;
        }

        foreach (var part in Parts())
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
        if (_count <= ShortChain)
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

    private void WriteParts(ref ShapeWriter shape)
    {
        WritePart(_left, ref shape);
        WritePart(_right, ref shape);
    }

    private void WritePart(Filter<TEntity> part, ref ShapeWriter shape)
    {
        if (Continues(part) is { } chain)
        {
            chain.WriteParts(ref shape);
        }
        else
        {
            part.WriteShape(ref shape);
        }
    }

    // All that is joined by the same word, from left to right, whichever way it was put together.
    private List<Filter<TEntity>> Parts()
    {
        var parts = new List<Filter<TEntity>>(_count);
        var rest = new Stack<Filter<TEntity>>();
        rest.Push(this);
        while (rest.TryPop(out var next))
        {
            if (Continues(next) is { } chain)
            {
                rest.Push(chain._right);
                rest.Push(chain._left);
            }
            else
            {
                parts.Add(next);
            }
        }

        return parts;
    }

    private Logic<TEntity>? Continues(Filter<TEntity> part) => part is Logic<TEntity> logic && logic._isAnd == _isAnd ? logic : null;

    private int CountOf(Filter<TEntity> part) => Continues(part)?._count ?? 1;

    // A chain is one level, however long it is.
    private int DepthOf(Filter<TEntity> part) => Continues(part) is { } chain ? chain.Depth - 1 : part.Depth;

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

    internal override void WriteRest(RestFilter rest)
        => rest.Join(_isAnd, () =>
        {
            foreach (var part in Parts())
            {
                part.WriteRest(rest);
            }
        });
}
