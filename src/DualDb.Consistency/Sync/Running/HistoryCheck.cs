using DualDb.ChangeLog;
using DualDb.Consistency.Schema;
using DualDb.Consistency.Sync.Feeding;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Consistency.Sync.Running;

/// <summary>Notices that a log is another one than was followed: a database that was restored to an earlier point, or whose branch was reset, has taken back what the other side has.</summary>
internal sealed class HistoryCheck(PostgresDatabase source, PostgresDatabase target)
{
    /// <summary>A copy of the files has the same identity as its original; but the change that was applied last is not in it, or is another one.</summary>
    private const string Last = """
        select (select is_called and last_value >= $1 or last_value > $1 from dualdb.change_log_id_seq), (select recorded_at = $2 from dualdb.change_log where id = $1)
        """;

    public async Task<string?> FaultAsync(LeasedPosition leased, CancellationToken cancellationToken)
    {
        if (leased.LastChange is not var (id, recordedAt))
        {
            return null;
        }

        var isKnown = await DatabaseCall.AskAsync(
            source,
            "Looking for the last change that was applied",
            [DatabaseCall.Command(Last, DatabaseCall.Parameter(id), new NpgsqlParameter<DateTimeOffset> { TypedValue = recordedAt.ToUniversalTime(), NpgsqlDbType = NpgsqlDbType.TimestampTz })],
            static async (reader, token) => await reader.ReadAsync(token).ConfigureAwait(false) && reader.GetBoolean(0) && (reader.IsDBNull(1) || reader.GetBoolean(1)),
            cancellationToken).ConfigureAwait(false);
        return isKnown ? null : Restored($"its log does not hold the change {id} that was applied");
    }

    public string? FaultOf(FeedPage page) => page.Page.Gap switch
    {
        ChangeLogGap.AnotherHistory => Restored("its log is another one than was followed"),
        ChangeLogGap.Purged => $"Changes of {source.Kind} were removed from its log before {target.Kind} had them. Compare both with VerifyAsync, repair, and resume.",
        _ => page.Fault,
    };

    private string Restored(string how)
        => $"{source.Kind} has gone back behind what {target.Kind} has of it: {how}. It was restored to an earlier point, or its branch was reset. Compare both with VerifyAsync, repair one of them, and resume.";
}
