using System.Text.Json;
using Npgsql;

namespace DualDb.Benchmarks.Competitors;

/// <summary>
/// A dispatcher as one writes it by hand: takes a batch with <c>SKIP LOCKED</c>, applies it in one transaction of the other database, each event with its row in the inbox, and marks it.
/// </summary>
internal sealed class SkipLockedLoop(NpgsqlDataSource neon, NpgsqlDataSource supabase)
{
    private const int BatchSize = 100;

    /// <summary>Handles all that is there.</summary>
    /// <returns>How many.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var handled = 0;
        while (await BatchAsync(cancellationToken) is > 0 and var count)
        {
            handled += count;
        }

        return handled;
    }

    private async Task<int> BatchAsync(CancellationToken cancellationToken)
    {
        await using var outbox = await neon.OpenConnectionAsync(cancellationToken);
        await using var taking = await outbox.BeginTransactionAsync(cancellationToken);
        var events = await TakeAsync(outbox, cancellationToken);
        if (events.Count == 0)
        {
            return 0;
        }

        await using var target = await supabase.OpenConnectionAsync(cancellationToken);
        await using var applying = await target.BeginTransactionAsync(cancellationToken);
        foreach (var (id, payload) in events)
        {
            await ApplyAsync(target, id, payload, cancellationToken);
        }

        await applying.CommitAsync(cancellationToken);
        await using var mark = new NpgsqlCommand("update dualdb.outbox set handled_at = clock_timestamp() where event_id = any($1) and handled_at is null", outbox);
        mark.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. events.Select(static e => e.Id)] });
        await mark.ExecuteNonQueryAsync(cancellationToken);
        await taking.CommitAsync(cancellationToken);
        return events.Count;
    }

    private static async Task<List<(Guid Id, string Payload)>> TakeAsync(NpgsqlConnection outbox, CancellationToken cancellationToken)
    {
        await using var take = new NpgsqlCommand(
            "select event_id, payload::text from dualdb.outbox where handled_at is null and due_at is null order by id limit $1 for update skip locked", outbox);
        take.Parameters.Add(new NpgsqlParameter<int> { TypedValue = BatchSize });
        var events = new List<(Guid, string)>();
        await using var reader = await take.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            events.Add((reader.GetGuid(0), reader.GetString(1)));
        }

        return events;
    }

    private static async Task ApplyAsync(NpgsqlConnection target, Guid id, string payload, CancellationToken cancellationToken)
    {
        using var document = JsonDocument.Parse(payload);
        await using var batch = new NpgsqlBatch(target);
        var receive = new NpgsqlBatchCommand("insert into dualdb.inbox (event_id, handler) values ($1, 'by hand') on conflict do nothing");
        receive.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        var insert = new NpgsqlBatchCommand("insert into bench.effects (user_id, number) values ($1, $2) returning id");
        insert.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = document.RootElement.GetProperty("userId").GetGuid() });
        insert.Parameters.Add(new NpgsqlParameter<long> { TypedValue = document.RootElement.GetProperty("number").GetInt64() });
        batch.BatchCommands.Add(receive);
        batch.BatchCommands.Add(insert);
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }
}
