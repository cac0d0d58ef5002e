using System.Runtime.CompilerServices;
using DualDb.Errors;
using DualDb.Mapping;
using DualDb.Mapping.Wire;

namespace DualDb.Rest;

/// <summary>The table of one entity, as PostgREST offers it.</summary>
internal sealed class RestTable(RestClient client, EntityInfo entity)
{
    public RestColumns Columns { get; } = new(entity);

    public EntityInfo Entity => entity;

    public RestClient Client => client;

    /// <summary>All rows of a selection. What a server's limit cuts off is asked for with the next request.</summary>
    public async ValueTask<IReadOnlyList<T>> ListAsync<T>(RestSelect select, Func<ResultRow, T> read, CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        var distinct = select.IsDistinct ? new DistinctRows(select) : null;
        foreach (var group in select.Groups)
        {
            var part = distinct is null ? select with { Groups = [group], Take = select.Take - rows.Count } : distinct.Everything with { Groups = [group] };
            await AppendAsync(rows, part, distinct, read, cancellationToken).ConfigureAwait(false);
            if (rows.Count >= select.Take)
            {
                break;
            }
        }

        return rows;
    }

    private async ValueTask AppendAsync<T>(List<T> rows, RestSelect asked, DistinctRows? distinct, Func<ResultRow, T> read, CancellationToken cancellationToken)
    {
        for (var pages = new RestPages(Columns, asked); ;)
        {
            var before = rows.Count;
            var page = pages.Current;
            var count = await client.SendAsync(
                Get(page.Query(page.Take, page.Skip)),
                (answer, token) =>
                {
                    pages.Check(answer);
                    return AppendAsync(answer, asked.Shape, rows, distinct, read, token);
                },
                cancellationToken).ConfigureAwait(false);
            if (count >= page.Take)
            {
                rows.RemoveRange(before + (int)page.Take, rows.Count - before - (int)page.Take);
                return;
            }

            if (!client.Limit.MayCut(count) || distinct is { IsFull: true })
            {
                return;
            }

            pages.GoOn(distinct is null ? rows[^1] : null, count);
        }
    }

    /// <summary>The rows of a selection as they arrive. Retried only before the first one.</summary>
    public async IAsyncEnumerable<T> StreamAsync<T>(Func<RestSelect> selection, Func<ResultRow, T> read, string operation, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var select = await Guarded(operation, () => ValueTask.FromResult(selection())).ConfigureAwait(false);
        if (select.IsDistinct || select.Groups.Count > 1)
        {
            foreach (var row in await Guarded(operation, () => ListAsync(select, read, cancellationToken)).ConfigureAwait(false))
            {
                yield return row;
            }

            yield break;
        }

        for (var pages = new RestPages(Columns, select); ;)
        {
            var page = pages.Current;
            var rows = await Guarded(operation, () => client.OpenRowsAsync(Get(page.Query(page.Take, page.Skip)), select.Shape, pages.Check, cancellationToken)).ConfigureAwait(false);
            var count = 0;
            object? last = null;
            await using (rows.ConfigureAwait(false))
            {
                while (!(count >= page.Take) && await Guarded(operation, () => client.AdvanceAsync(rows, cancellationToken)).ConfigureAwait(false))
                {
                    count++;
                    var row = await Guarded(operation, () => ValueTask.FromResult(read(rows.Current))).ConfigureAwait(false);
                    last = row;
                    yield return row;
                    cancellationToken.ThrowIfCancellationRequested();
                }
            }

            if (count >= page.Take || !client.Limit.MayCut(count))
            {
                yield break;
            }

            await Guarded(operation, () => ValueTask.FromResult(pages.GoOn(last, count))).ConfigureAwait(false);
        }
    }

    /// <summary>How many rows meet the conditions.</summary>
    /// <param name="select">The conditions.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <param name="isEstimate">Whether the planner's guess will do.</param>
    public async ValueTask<long> CountAsync(RestSelect select, CancellationToken cancellationToken, bool isEstimate = false)
    {
        var total = 0L;
        foreach (var group in select.Groups)
        {
            var query = (select with { Select = Columns.KeySelect, Groups = [group] }).Conditions();
            total += await RestCount.OfAsync(
                client,
                new RestRequest(HttpMethod.Head, Columns.Path, query, entity.Schema) { Prefer = isEstimate ? "count=planned" : "count=exact" },
                cancellationToken).ConfigureAwait(false);
        }

        return total;
    }

    /// <summary>Inserts rows, and returns them as stored.</summary>
    /// <param name="body">The rows.</param>
    /// <param name="prefer">What to do about rows that are there, and about members that are not; null for nothing.</param>
    /// <param name="parameters">The query, but for what is selected.</param>
    /// <param name="read">Makes a row.</param>
    /// <param name="operation">The public method.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    public ValueTask<IReadOnlyList<T>> InsertAsync<T>(
        ReadOnlyMemory<byte> body, string? prefer, RestQuery parameters, Func<ResultRow, T> read, string operation, CancellationToken cancellationToken)
        => WriteAsync(HttpMethod.Post, parameters.Add("select", Columns.Select), Columns.Shape, body, prefer, read, operation, cancellationToken);

    /// <summary>Updates the rows that meet the conditions, and returns what is selected of them.</summary>
    public ValueTask<IReadOnlyList<T>> UpdateAsync<T>(RestSelect select, ReadOnlyMemory<byte> body, Func<ResultRow, T> read, string operation, CancellationToken cancellationToken)
        => WriteAsync(HttpMethod.Patch, select.Query(select.Take, skip: null), select.Shape, body, prefer: null, read, operation, cancellationToken);

    /// <summary>Deletes the rows that meet the conditions, and returns what is selected of them.</summary>
    public ValueTask<IReadOnlyList<T>> DeleteAsync<T>(RestSelect select, Func<ResultRow, T> read, string operation, CancellationToken cancellationToken)
        => WriteAsync(HttpMethod.Delete, select.Query(select.Take, skip: null), select.Shape, body: null, prefer: null, read, operation, cancellationToken);

    // Nothing changed is no error here; only the rows that come back tell what was.
    private async ValueTask<IReadOnlyList<T>> WriteAsync<T>(
        HttpMethod method, RestQuery query, RowShape shape, ReadOnlyMemory<byte>? body, string? prefer, Func<ResultRow, T> read, string operation, CancellationToken cancellationToken)
    {
        var request = new RestRequest(method, Columns.Path, query, entity.Schema)
        {
            Body = body,
            Prefer = "return=representation" + (prefer is null ? "" : "," + prefer),
            Writes = true,
        };
        var rows = new List<T>();
        try
        {
            await client.SendAsync(request, (answer, token) => AppendAsync(answer, shape, rows, distinct: null, read, token), cancellationToken).ConfigureAwait(false);
            return rows;
        }
        catch (Exception exception) when (RestNetwork.OutcomeUnknown(exception))
        {
            throw ErrorTranslator.OutcomeUnknown(exception, entity.Database, entity, operation);
        }
    }

    private RestRequest Get(RestQuery query) => new(HttpMethod.Get, Columns.Path, query, entity.Schema);

    private static async ValueTask<int> AppendAsync<T>(
        HttpResponseMessage answer, RowShape shape, List<T> rows, DistinctRows? distinct, Func<ResultRow, T> read, CancellationToken cancellationToken)
    {
        var before = rows.Count;
        distinct?.Begin();
        var count = 0;
        rows.EnsureCapacity(before + RestRange.RowsOf(answer));
        var stream = await answer.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var found = new RestRows(answer, stream, shape);
        await using (found.ConfigureAwait(false))
        {
            try
            {
                while (found.TryRead(out var isRow) ? isRow : await found.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    count++;
                    if (distinct is null || distinct.Accepts(found.Current))
                    {
                        rows.Add(read(found.Current));
                    }
                }
            }
            catch
            {
                // The request may be sent again.
                rows.RemoveRange(before, rows.Count - before);
                distinct?.Undo();
                throw;
            }
        }

        return count;
    }

    private async ValueTask<T> Guarded<T>(string operation, Func<ValueTask<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw ErrorTranslator.Translate(exception, entity.Database, entity, operation);
        }
    }
}
