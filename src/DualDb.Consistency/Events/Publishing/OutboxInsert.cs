using DualDb.Consistency.Events.Schema;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Consistency.Events.Publishing;

/// <summary>Writes events to the outbox by one statement, however many.</summary>
internal static class OutboxInsert
{
    private static readonly string Slot = $"(hashtextextended(coalesce(e.key, e.event_id::text), 0) & {EventSchema.Slots - 1})::smallint";

    /// <summary>Numbers are given out in the order of publication. The slot is computed by the database, so that every writer agrees on it.</summary>
    private static readonly string Sql = $"""
        insert into dualdb.outbox (event_id, name, version, slot, key, payload, headers, trace_parent, trace_state, due_at)
        select e.event_id, e.name, e.version, {Slot}, e.key, e.payload::json, e.headers::json, e.trace_parent, e.trace_state, clock_timestamp() + e.after
        from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9) with ordinality as e (event_id, name, version, key, payload, headers, trace_parent, trace_state, after, place)
        order by e.place
        """;

    /// <summary>One event, without the arrays: most transactions publish one.</summary>
    private static readonly string SqlOfOne = $"""
        insert into dualdb.outbox (event_id, name, version, slot, key, payload, headers, trace_parent, trace_state, due_at)
        select e.event_id, e.name, e.version, {Slot}, e.key, e.payload::json, e.headers::json, e.trace_parent, e.trace_state, clock_timestamp() + e.after
        from (values ($1, $2, $3, $4, $5, $6, $7, $8, $9)) e (event_id, name, version, key, payload, headers, trace_parent, trace_state, after)
        """;

    public static NpgsqlBatchCommand Command(IReadOnlyList<OutgoingEvent> events)
    {
        var command = new NpgsqlBatchCommand(events.Count == 1 ? SqlOfOne : Sql);
        if (events.Count == 1)
        {
            BindOne(command.Parameters, events[0]);
        }
        else
        {
            BindAll(command.Parameters, events);
        }

        return command;
    }

    private static void BindOne(NpgsqlParameterCollection parameters, OutgoingEvent e)
    {
        Add(parameters, e.Id, NpgsqlDbType.Uuid);
        Add(parameters, e.Name, NpgsqlDbType.Text);
        Add(parameters, e.Version, NpgsqlDbType.Integer);
        Add(parameters, e.Key, NpgsqlDbType.Text);
        Add(parameters, e.Payload, NpgsqlDbType.Text);
        Add(parameters, e.Headers, NpgsqlDbType.Text);
        Add(parameters, e.TraceParent, NpgsqlDbType.Text);
        Add(parameters, e.TraceState, NpgsqlDbType.Text);
        Add(parameters, e.After, NpgsqlDbType.Interval);
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

    private static void Add<T>(NpgsqlParameterCollection parameters, T value, NpgsqlDbType type)
        => parameters.Add(new NpgsqlParameter { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = type });

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
