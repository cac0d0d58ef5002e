using DualDb.Mapping;
using Npgsql;

namespace DualDb.Querying;

/// <summary>
/// Reads pages by keyset: a page begins after the place in the order where the one before ended, so that PostgreSQL reads no row twice and rows that come
/// or go meanwhile shift nothing. The key at the end of the order breaks ties.
/// </summary>
internal sealed class PageReader<TEntity, TResult>(
    QuerySource<TEntity> source, QueryState<TEntity> state, IReadOnlyList<OrderTerm<TEntity>> key, IReadOnlyList<Operand<TEntity>>? selected, Func<ResultRow, TResult> read)
    where TEntity : class
{
    private readonly IReadOnlyList<OrderTerm<TEntity>> _order = TotalOrder.Of(state.Order, key);

    public Task<Page<TResult>> ReadAsync(int size, string? cursor, CancellationToken cancellationToken)
        => ReadAsync(size, cursor, more: [], () => Task.FromResult(state), cancellationToken);

    /// <summary>As above, of a query whose conditions are known only in part before something else was read.</summary>
    /// <param name="size">At most so many rows.</param>
    /// <param name="cursor">Where the page begins; null for the first.</param>
    /// <param name="more">What else the cursor is bound to.</param>
    /// <param name="resolve">The same query with all of its conditions; asked for after the cursor was checked.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    public async Task<Page<TResult>> ReadAsync(
        int size, string? cursor, byte[] more, Func<Task<QueryState<TEntity>>> resolve, CancellationToken cancellationToken)
    {
        RequirePageable(size);
        var fingerprint = Fingerprint(more);
        CursorPlace? place = cursor is null ? null : Cursor.Read(cursor, fingerprint, _order, source.Entity);
        var resolved = await resolve().ConfigureAwait(false);
        if (resolved.MatchesNothing)
        {
            return new Page<TResult>([], Next: null, Previous: null);
        }

        // One row more than asked for tells whether there is another page.
        var text = Text(resolved, place, size + 1);
        var rows = await source.ListAsync(
            "ToPageAsync", text, Read, QueryRules.TransactionFor(source.Entity, state, "ToPageAsync"), cancellationToken).ConfigureAwait(false);
        return ToPage(rows, size, place, fingerprint);
    }

    // The values of the order come after what is selected.
    private (TResult Item, byte[] Place) Read(ResultRow row)
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

    private static Page<TResult> ToPage(IReadOnlyList<(TResult Item, byte[] Place)> rows, int size, CursorPlace? place, byte[] fingerprint)
    {
        if (rows.Count == 0)
        {
            return place is { } from ? Empty(from, fingerprint) : new Page<TResult>([], Next: null, Previous: null);
        }

        var isBackward = place is { IsBackward: true };
        var hasMore = rows.Count > size;
        var page = rows.Take(size).ToArray();
        if (isBackward)
        {
            Array.Reverse(page);
        }

        var hasNext = isBackward || hasMore;
        var hasPrevious = isBackward ? hasMore : place is not null;
        return new Page<TResult>(
            [.. page.Select(static row => row.Item)],
            hasNext ? Cursor.Write(CursorDirection.Forward, fingerprint, page[^1].Place) : null,
            hasPrevious ? Cursor.Write(CursorDirection.Backward, fingerprint, page[0].Place) : null);
    }

    // The rows that way are gone meanwhile. Those the other way need not be; among them the one whose place the cursor holds.
    private static Page<TResult> Empty(CursorPlace from, byte[] fingerprint)
    {
        var back = Cursor.Write(from.Direction ^ (CursorDirection.Backward | CursorDirection.IncludingPlace), fingerprint, from.Bytes);
        return from.IsBackward ? new Page<TResult>([], Next: back, Previous: null) : new Page<TResult>([], Next: null, Previous: back);
    }

    private SelectText<TEntity> Text(QueryState<TEntity> resolved, CursorPlace? place, int limit)
    {
        var order = place is { IsBackward: true } ? [.. _order.Select(static term => term.Reversed())] : _order;
        var keyset = place is { } from ? new Keyset<TEntity>(order, from.Values, from.IncludesPlace) : null;
        var selection = new PlacedSelection<TEntity>(selected, [.. _order.Select(static term => term.Operand)]);
        return new SelectText<TEntity>(source.Facts, resolved with { Order = order, Take = limit }, selection, keyset);
    }

    private byte[] Fingerprint(byte[] more)
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

        return QueryFingerprint.Of(Convert.ToHexString(more) + Text(state, place: null, limit: 1).Sql, command.Parameters);
    }

    private void RequirePageable(int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, int.MaxValue - 1);
        if (state.IsLimited || state.IsDistinct)
        {
            throw new InvalidOperationException($"ToPageAsync of {source.Entity.Name}: a page has its own size, and its rows are told apart by key. Leave out Take, Skip and Distinct.");
        }

        if (_order.FirstOrDefault(static term => !term.IsForCursors) is { } term)
        {
            throw new NotSupportedException($"ToPageAsync of {source.Entity.Name}: pages cannot be ordered by {term.Operand.Name}, whose values no cursor can hold. Order by other columns.");
        }
    }
}
