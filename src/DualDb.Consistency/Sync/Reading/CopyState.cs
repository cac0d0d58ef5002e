using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using DualDb.Consistency.Schema;
using DualDb.Mapping;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Consistency.Sync.Reading;

/// <summary>Whether the rows of a table from before it was synchronised are on the other side.</summary>
internal enum CopyState
{
    /// <summary>They are.</summary>
    Complete,

    /// <summary>A map of the table still needs a backfill.</summary>
    Incomplete,

    /// <summary>It cannot be told: nothing is installed there, or the login may not read it.</summary>
    Unknown,
}

/// <summary>Finds out about copies, at most once a minute for each: reads pay nothing in between.</summary>
internal static class CopyStates
{
    private const string Sql = """
        select exists (
            select from (select distinct on (map) needs_backfill, table_schema, table_name from dualdb.sync_maps where source = $1 order by map, id desc) current
            where needs_backfill and table_schema = $2 and table_name = $3)
        """;

    private static readonly TimeSpan Validity = TimeSpan.FromMinutes(1);

    private static readonly ConditionalWeakTable<DatabaseOptions, ConcurrentDictionary<(string Schema, string Table), (CopyState State, long At)>> Known = [];

    /// <param name="away">Where the copy is.</param>
    /// <param name="entity">Whose table is copied.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="DatabaseUnavailableException">The copy cannot be reached.</exception>
    public static ValueTask<CopyState> FindAsync(PostgresDatabase away, EntityInfo entity, CancellationToken cancellationToken)
    {
        var states = Known.GetValue(away.Options, static _ => []);
        return states.TryGetValue((entity.Schema, entity.Table), out var known) && away.Clock.GetElapsedTime(known.At) < Validity
            ? ValueTask.FromResult(known.State)
            : LookAsync();

        async ValueTask<CopyState> LookAsync()
        {
            var state = await AskAsync(away, entity, cancellationToken).ConfigureAwait(false);
            states[(entity.Schema, entity.Table)] = (state, away.Clock.GetTimestamp());
            return state;
        }
    }

    private static async Task<CopyState> AskAsync(PostgresDatabase away, EntityInfo entity, CancellationToken cancellationToken)
    {
        try
        {
            return await DatabaseCall.AskAsync(
                away,
                "Looking whether a copy is complete",
                [
                    DatabaseCall.Command(
                        Sql, new NpgsqlParameter<short> { TypedValue = (short)entity.Database, NpgsqlDbType = NpgsqlDbType.Smallint }, DatabaseCall.Parameter(entity.Schema), DatabaseCall.Parameter(entity.Table)),
                ],
                static async (reader, token) => await reader.ReadAsync(token).ConfigureAwait(false) && reader.GetBoolean(0) ? CopyState.Incomplete : CopyState.Complete,
                cancellationToken).ConfigureAwait(false);
        }
        catch (DualDbException refused) when (refused is SchemaVersionException || refused.InnerException is PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege })
        {
            return CopyState.Unknown;
        }
    }
}
