using DualDb.Consistency.Events.Schema;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Consistency.Events.Publishing;

/// <summary>Writes events to the outbox by one statement, however many.</summary>
internal static class OutboxInsert
{
    private static readonly string Slot = $"(hashtextextended(coalesce(e.key, e.event_id::text), 0) & {EventSchema.Slots - 1})::smallint";

    /// <summary>Whoever commits wants to know under which id: see <see cref="DualDb.Transactions.CommitPart.AddTo"/>.</summary>
    private const string Id = "pg_current_xact_id()";

    /// <summary>Numbers are given out in the order of publication. The slot is computed by the database, so that every writer agrees on it.</summary>
    private static readonly string Sql = $"""
        insert into dualdb.outbox (event_id, name, version, slot, key, payload, headers, trace_parent, trace_state, due_at)
        select e.event_id, e.name, e.version, {Slot}, e.key, e.payload::json, e.headers::json, e.trace_parent, e.trace_state, clock_timestamp() + e.after
        from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9) with ordinality as e (event_id, name, version, key, payload, headers, trace_parent, trace_state, after, place)
        order by e.place
        returning {Id}
        """;

    /// <summary>One event, without the arrays: most transactions publish one.</summary>
    private static readonly string SqlOfOne = $"""
        insert into dualdb.outbox (event_id, name, version, slot, key, payload, headers, trace_parent, trace_state, due_at)
        select e.event_id, e.name, e.version, {Slot}, e.key, e.payload, e.headers, e.trace_parent, e.trace_state, clock_timestamp() + e.after
        from (values ($1, $2, $3, $4, $5, $6, $7, $8, $9)) e (event_id, name, version, key, payload, headers, trace_parent, trace_state, after)
        returning {Id}
        """;

    /// <summary>One event with nothing but its payload: each value that is not sent and not computed is felt in what an event costs.</summary>
    private static readonly string SqlOfPlain = $"""
        insert into dualdb.outbox (event_id, name, version, slot, key, payload)
        select e.event_id, e.name, e.version, {Slot}, e.key, e.payload
        from (values ($1, $2, $3, $4, $5)) e (event_id, name, version, key, payload)
        returning {Id}
        """;

    public static NpgsqlBatchCommand Command(IReadOnlyList<OutgoingEvent> events) => events switch
    {
        [{ Headers: null, TraceParent: null, TraceState: null, After: null } one] => Plain(one),
        [var one] => One(one),
        _ => All(events),
    };

    private static NpgsqlBatchCommand Plain(OutgoingEvent e)
    {
        var command = new NpgsqlBatchCommand(SqlOfPlain);
        BindPlain(command.Parameters, e);
        return command;
    }

    private static NpgsqlBatchCommand One(OutgoingEvent e)
    {
        var command = new NpgsqlBatchCommand(SqlOfOne);
        BindPlain(command.Parameters, e);
        command.Parameters.Add(Text(e.Headers, NpgsqlDbType.Json));
        command.Parameters.Add(Text(e.TraceParent));
        command.Parameters.Add(Text(e.TraceState));
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)e.After ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Interval });
        return command;
    }

    private static NpgsqlBatchCommand All(IReadOnlyList<OutgoingEvent> events)
    {
        var command = new NpgsqlBatchCommand(Sql);
        BindAll(command.Parameters, events);
        return command;
    }

    private static void BindPlain(NpgsqlParameterCollection parameters, OutgoingEvent e)
    {
        parameters.Add(new NpgsqlParameter<Guid> { TypedValue = e.Id, NpgsqlDbType = NpgsqlDbType.Uuid });
        parameters.Add(Text(e.Name));
        parameters.Add(new NpgsqlParameter<int> { TypedValue = e.Version, NpgsqlDbType = NpgsqlDbType.Integer });
        parameters.Add(Text(e.Key));
        parameters.Add(Text(e.Payload, NpgsqlDbType.Json));
    }

    private static void BindAll(NpgsqlParameterCollection parameters, IReadOnlyList<OutgoingEvent> events)
    {
        AddAll(parameters, events, static e => e.Id, NpgsqlDbType.Uuid);
        AddAll(parameters, events, static e => e.Name, NpgsqlDbType.Text);
        AddAll(parameters, events, static e => e.Version, NpgsqlDbType.Integer);
        AddAll(parameters, events, static e => e.Key, NpgsqlDbType.Text);
        AddAll(parameters, events, static e => e.Payload, NpgsqlDbType.Text);
        AddAll(parameters, events, static e => e.Headers, NpgsqlDbType.Text);
        AddAll(parameters, events, static e => e.TraceParent, NpgsqlDbType.Text);
        AddAll(parameters, events, static e => e.TraceState, NpgsqlDbType.Text);
        AddAll(parameters, events, static e => e.After, NpgsqlDbType.Interval);
    }

    private static NpgsqlParameter Text(string? value, NpgsqlDbType type = NpgsqlDbType.Text)
        => value is null ? new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = type } : new NpgsqlParameter<string> { TypedValue = value, NpgsqlDbType = type };

    private static void AddAll<T>(NpgsqlParameterCollection parameters, IReadOnlyList<OutgoingEvent> events, Func<OutgoingEvent, T> select, NpgsqlDbType type)
    {
        var values = new T[events.Count];
        for (var index = 0; index < values.Length; index++)
        {
            values[index] = select(events[index]);
        }

        parameters.Add(new NpgsqlParameter { Value = values, NpgsqlDbType = NpgsqlDbType.Array | type });
    }
}
