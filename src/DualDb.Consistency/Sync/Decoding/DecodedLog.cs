using System.Collections.Frozen;
using DualDb.ChangeLog;
using DualDb.Consistency.Sync.Feeding;
using DualDb.Errors;
using Npgsql;

namespace DualDb.Consistency.Sync.Decoding;

/// <summary>
/// A log that tells what is new by itself. Between the transactions that are decoded, the log is read as ever, seldom: both move the same position, and what one of them has brought the other passes over. The log stays what
/// counts: a slot that is not there, or somebody else's just now, delays changes, and loses none.
/// </summary>
internal sealed class DecodedLog(PostgresDatabase source, ChangeLogPart part, SyncSourceOptions options) : ILogSource
{
    private static readonly TimeSpan CompareInterval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan OpenInterval = TimeSpan.FromSeconds(1);

    /// <summary>How long a position may be ahead of the snapshots of its own log: a transaction is decoded when it is written down, and seen when its commit has been confirmed by standbys as well.</summary>
    private static readonly TimeSpan AheadPatience = TimeSpan.FromSeconds(30);

    private readonly ChangeLogReader _log = new(source, part);
    private readonly Slots _slots = new(source);
    private readonly FrozenSet<string> _tables = part.Tables.ToFrozenSet(StringComparer.Ordinal);
    private DecodingStream? _stream;
    private DecodedReading? _reading;
    private long? _triedAt;
    private long? _aheadSince;

    public Task? Arrival => _stream is null || _reading is null ? null : _stream.Arrival;

    public async ValueTask<ChangePage> ReadAsync(ChangeLogPosition since, int limit, CancellationToken cancellationToken)
    {
        try
        {
            _stream ??= await OpenAsync(cancellationToken).ConfigureAwait(false);
            if (_stream is null)
            {
                return await _log.ReadAsync(since, limit, cancellationToken).ConfigureAwait(false);
            }

            return _reading is { } reading && reading.Position == since && !reading.HasToCompare(CompareInterval)
                ? await reading.ReadAsync(limit, cancellationToken).ConfigureAwait(false)
                : await CompareAsync(since, limit, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is not OperationCanceledException and not DualDbException and not SlotFaultException)
        {
            await CloseAsync().ConfigureAwait(false);
            throw ErrorTranslator.Translate(failure, source.Kind, entity: null, "Decoding the change log");
        }
    }

    public async ValueTask CloseAsync()
    {
        var stream = _stream;
        (_stream, _reading, _triedAt) = (null, null, null);
        if (stream is not null)
        {
            await stream.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Opened by whoever holds the lease: another reader is one that was taken for dead.</summary>
    /// <exception cref="SlotFaultException">The slot is not there, or spoilt.</exception>
    private async Task<DecodingStream?> OpenAsync(CancellationToken cancellationToken)
    {
        var now = source.Clock.GetTimestamp();
        if (_triedAt is { } last && source.Clock.GetElapsedTime(last, now) < OpenInterval)
        {
            return null;
        }

        _triedAt = now;
        var address = DecodingRequirements.Address(source, options);
        var state = await _slots.FindAsync(part.Part, cancellationToken).ConfigureAwait(false);
        DecodingRequirements.Require(state, source.Kind, part.Parts, isInstalled: true);
        if (state.FaultIn(source.Kind) is { } fault)
        {
            throw new SlotFaultException(fault);
        }

        if (state.ActivePid is not null && !await HasEndedAsync(state, cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        return await DecodingStream.OpenAsync(source, state.Name, address, cancellationToken).ConfigureAwait(false);
    }

    /// <returns>False where the other reader is another login's, which this one may not end: the log is asked until it has gone.</returns>
    private async Task<bool> HasEndedAsync(SlotState state, CancellationToken cancellationToken)
    {
        try
        {
            await _slots.TerminateReaderAsync(state, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (DualDbException refused) when (refused.InnerException is PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege })
        {
            return false;
        }
    }

    /// <summary>Reads the log itself: what the stream does not bring, since it was opened later, is there; and its snapshot puts an end to the list of transactions that never come.</summary>
    private async ValueTask<ChangePage> CompareAsync(ChangeLogPosition since, int limit, CancellationToken cancellationToken)
    {
        var page = await _log.ReadAsync(since, limit, cancellationToken).ConfigureAwait(false);
        if (page.Gap == ChangeLogGap.AnotherHistory && string.Equals(page.Position.History, since.History, StringComparison.Ordinal) && IsPatient())
        {
            _reading?.Compared();
            return new ChangePage([], since, HasMore: false, ChangeLogGap.None);
        }

        _aheadSince = null;
        // The end of a reading that another node began is a snapshot from before the stream: what lies between is found by the next one.
        if (page.HasMore || page.Gap != ChangeLogGap.None || since.Reading is not null)
        {
            return page;
        }

        // Also what was decoded before snapshots show it: a position never goes back.
        var seen = SeenTransactions.Parse(page.Position.Seen).Union(SeenTransactions.Parse(since.Seen));
        var read = page with { Position = page.Position with { Seen = seen.ToString() } };
        if (_reading?.IsWithin(seen) != false)
        {
            _reading = new DecodedReading(_stream!, _reading, read.Position, seen, IsRead, (transaction, token) => _slots.UntilVisibleAsync(transaction, token), source.Clock);
            _stream!.Acknowledge();
        }

        return read;
    }

    // Of a transaction that everybody sees, no change is ever ahead: a database that was restored stays so.
    private bool IsPatient()
    {
        _aheadSince ??= source.Clock.GetTimestamp();
        return source.Clock.GetElapsedTime(_aheadSince.Value) < AheadPatience;
    }

    private bool IsRead(LoggedChange change)
        => _tables.Contains($"{change.Schema}.{change.Table}") && (change.Key is null || part.Parts == 1 || KeyHash.PartOf(change.Key, part.Parts) == part.Part);
}
