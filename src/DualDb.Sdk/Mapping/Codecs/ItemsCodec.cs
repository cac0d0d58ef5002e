using Npgsql;
using NpgsqlTypes;

namespace DualDb.Mapping;

/// <summary>A list in one column. PostgreSQL compares arrays element by element, and holds two NULL elements for equal.</summary>
internal sealed class ItemsCodec<T, TItem, TWire>(ColumnCodec<TItem> item, Func<T, TWire[]> encode, Func<TWire[], T> decode)
    : ColumnCodec<T>(NpgsqlDbType.Array | item.Type, item.Cast is null ? null : item.Cast + "[]"), IItemsCodec<TItem>
    where T : notnull
{
    public ColumnCodec<TItem> Item => item;

    public IReadOnlyList<TItem> ItemsOf(object list) => (IReadOnlyList<TItem>)list;

    internal override void Add(NpgsqlParameterCollection parameters, T value)
        => parameters.Add(value is null
            ? new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = Type }
            : new NpgsqlParameter<TWire[]> { TypedValue = encode(value), NpgsqlDbType = Type });

    internal override void AddMany(NpgsqlParameterCollection parameters, IReadOnlyList<T> values)
        => throw new NotSupportedException("PostgreSQL has no arrays of arrays, so that In and NotIn cannot take lists. Join several == with || instead.");

    internal override void Add(ValueSink sink, T value)
    {
        if (value is null)
        {
            sink.AddNull();
        }
        else
        {
            sink.Add(encode(value), Type);
        }
    }

    internal override T Read(ResultRow row, int ordinal)
        => !row.IsDBNull(ordinal) ? decode(row.GetFieldValue<TWire[]>(ordinal)) : default(T) is null ? default! : throw NullRefused.Exception(row, ordinal);

    internal override int Compare(T left, T right)
    {
        var (these, those) = (ItemsOf(left), ItemsOf(right));
        for (var i = 0; i < Math.Min(these.Count, those.Count); i++)
        {
            var order = Compare(these[i], those[i]);
            if (order != 0)
            {
                return order;
            }
        }

        return these.Count.CompareTo(those.Count);
    }

    internal override bool AreEqual(T left, T right)
    {
        var (these, those) = (ItemsOf(left), ItemsOf(right));
        return these.Count == those.Count && these.Zip(those).All(pair => AreEqual(pair.First, pair.Second));
    }

    internal override bool IsForCursors => false;

    internal override void Write(BinaryWriter writer, T value) => throw NotOrdered();

    internal override T Read(BinaryReader reader) => throw NotOrdered();

    private static NotSupportedException NotOrdered() => new("Pages cannot be ordered by a list. Order by other columns.");

    // NULL elements sort last.
    private int Compare(TItem left, TItem right)
        => left is null ? right is null ? 0 : 1 : right is null ? -1 : item.Compare(left, right);

    private bool AreEqual(TItem left, TItem right)
        => left is null ? right is null : right is not null && item.AreEqual(left, right);
}

/// <summary>The codec of a list, as predicates on its elements see it.</summary>
internal interface IItemsCodec<TItem>
{
    ColumnCodec<TItem> Item { get; }

    IReadOnlyList<TItem> ItemsOf(object list);
}
