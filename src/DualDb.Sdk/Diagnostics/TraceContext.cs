using System.Collections.Frozen;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using DualDb.Mapping;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Diagnostics;

/// <summary>
/// What the change log keeps of the trace in which a row was written. It travels in front of the write, in its round trip, and ends with the transaction: a setting of the session would stay with a pooler's connection.
/// </summary>
internal static class TraceContext
{
    private const string Sql = "select pg_catalog.set_config('dualdb.trace_parent', $1, true)";

    private static readonly ConditionalWeakTable<DatabaseOptions, FrozenSet<(string Schema, string Table)>> Traced = [];

    /// <summary>Says whose writes are traced: the tables whose changes are carried somewhere from here.</summary>
    /// <param name="database">Their database; also for the roots that act as its users.</param>
    /// <param name="tables">The tables.</param>
    public static void Trace(PostgresDatabase database, IEnumerable<(string Schema, string Table)> tables) => Traced.AddOrUpdate(database.Options, tables.ToFrozenSet());

    /// <summary>The trace to go in front of a write to an entity's table; null for none. Nothing is looked up where nobody traces.</summary>
    public static string? Of(PostgresDatabase database, EntityInfo entity)
        => Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } parent } && Traced.TryGetValue(database.Options, out var tables) && tables.Contains((entity.Schema, entity.Table)) ? parent : null;

    /// <summary>The statement that says it, whose answer comes before that of the write.</summary>
    public static NpgsqlBatchCommand Command(string parent)
        => new(Sql) { Parameters = { new NpgsqlParameter<string> { TypedValue = parent, NpgsqlDbType = NpgsqlDbType.Text } } };
}
