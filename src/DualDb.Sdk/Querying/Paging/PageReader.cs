using DualDb.Mapping;
using Npgsql;

namespace DualDb.Querying;

/// <summary>
/// Reads pages by keyset: a page begins after the place in the order where the one before ended, so that PostgreSQL reads no row twice and rows that come
/// or go meanwhile shift nothing. The key at the end of the order breaks ties.
/// </summary>
internal sealed class PageReader<TEntity, TResult>(
    QuerySource<TEntity> source, QueryState<TEntity> state, IReadOnlyList<OrderTerm<TEntity>> key, IReadOnlyList<Operand<TEntity>>? selected, Func<NpgsqlDataReader, TResult> read)
    where TEntity : class
{
    private readonly IReadOnlyList<OrderTerm<TEntity>> _order = Complete(state.Order, key);

    public async Task<Page<TResult>> ReadAsync(int size, string? cursor, CancellationToken cancellationToken)
    {
        RequirePageable(size);
        var fingerprint = Fingerprint();
        var (isBackward, keyset) = Place(cursor, fingerprint);
        if (state.MatchesNothing)
        {
            return new Page<TResult>([], Next: null, Previous: null);
        }

        // One row more than asked for tells whether there is another page.
        var text = Text(isBackward, keyset, size + 1);
        var rows = await source.ListAsync(
            "ToPageAsync", text, Read, QueryRules.TransactionFor(source.Entity, state, "ToPageAsync"), cancellationToken).ConfigureAwait(false);
        return ToPage(rows, size, isBackward, isFirst: cursor is null, fingerprint);
    }

    // The values of the order come after what is selected.
    private (TResult Item, byte[] Place) Read(NpgsqlDataReader row)
    {
        var ordinal = selected?.Count ?? source.Entity.Columns.Count;
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        foreach (var term in _order)
        {
            term.WriteValue(writer, row, ordinal++);
        }

        writer.Flush();
        return (read(row), stream.ToArray());
    }

    private static Page<TResult> ToPage(IReadOnlyList<(TResult Item, byte[] Place)> rows, int size, bool isBackward, bool isFirst, byte[] fingerprint)
    {
        var hasMore = rows.Count > size;
        var page = rows.Take(size).ToArray();
        if (isBackward)
        {
            Array.Reverse(page);
        }

        if (page.Length == 0)
        {
            return new Page<TResult>([], Next: null, Previous: null);
        }

        var hasNext = isBackward || hasMore;
        var hasPrevious = isBackward ? hasMore : !isFirst;
        return new Page<TResult>(
            [.. page.Select(static row => row.Item)],
            hasNext ? Cursor.Write(isBackward: false, fingerprint, page[^1].Place) : null,
            hasPrevious ? Cursor.Write(isBackward: true, fingerprint, page[0].Place) : null);
    }

    private (bool IsBackward, Keyset<TEntity>? Keyset) Place(string? cursor, byte[] fingerprint)
    {
        if (cursor is null)
        {
            return (false, null);
        }

        var (isBackward, values) = Cursor.Read(cursor, fingerprint, _order, source.Entity);
        return (isBackward, new Keyset<TEntity>(Directed(isBackward), values));
    }

    private SelectText<TEntity> Text(bool isBackward, Keyset<TEntity>? keyset, int limit)
    {
        var selection = new PlacedSelection<TEntity>(selected, [.. _order.Select(static term => term.Operand)]);
        return new SelectText<TEntity>(source.Facts, state with { Order = Directed(isBackward), Take = limit }, selection, keyset);
    }

    private IReadOnlyList<OrderTerm<TEntity>> Directed(bool isBackward) => isBackward ? [.. _order.Select(static term => term.Reversed())] : _order;

    private byte[] Fingerprint()
    {
        using var command = new NpgsqlCommand();
        try
        {
            state.Filter.Bind(new ParameterWriter(command.Parameters));
        }
        catch (ColumnValueException exception)
        {
            throw Errors.ErrorTranslator.Translate(exception, source.Entity.Database, source.Entity, "ToPageAsync");
        }

        return QueryFingerprint.Of(Text(isBackward: false, keyset: null, limit: 1).Sql, command.Parameters);
    }

    private void RequirePageable(int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, int.MaxValue - 1);
        if (state.IsLimited || state.IsDistinct)
        {
            throw new InvalidOperationException($"ToPageAsync of {source.Entity.Name}: a page has its own size, and its rows are told apart by key. Leave out Take, Skip and Distinct.");
        }
    }

    /// <summary>The order with the key at its end, in the direction of the last part, so that an index can be walked one way.</summary>
    private static IReadOnlyList<OrderTerm<TEntity>> Complete(IReadOnlyList<OrderTerm<TEntity>> order, IReadOnlyList<OrderTerm<TEntity>> key)
    {
        var isDescending = order.Count > 0 && order[^1].IsDescending;
        var missing = key.Where(part => !order.Any(term => ReferenceEquals(term.Operand, part.Operand)));
        return [.. order, .. missing.Select(part => part.Directed(isDescending))];
    }
}
