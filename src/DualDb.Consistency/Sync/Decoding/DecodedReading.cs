using DualDb.ChangeLog;
using Npgsql.Replication.PgOutput.Messages;

namespace DualDb.Consistency.Sync.Decoding;

/// <summary>Pages of what a stream brings, from a position up to which the log was read.</summary>
internal sealed class DecodedReading
{
    /// <summary>About 16 MB of text, as the log itself is read.</summary>
    private const int MaxPageCharacters = 8 * 1024 * 1024;

    /// <summary>Transactions that have nothing to do with the log stay in the list of those that were not read, which goes into each position.</summary>
    private const int MostMissing = 256;

    private readonly DecodingStream _stream;
    private readonly SeenTransactions _seen;
    private readonly Func<LoggedChange, bool> _isRead;
    private readonly TimeProvider _clock;
    private readonly Func<ulong, CancellationToken, Task> _untilVisible;
    private readonly List<LoggedChange> _page = [];
    private readonly List<ulong> _decoded = [];
    private LoggedChange? _ahead;
    private ulong? _transaction;
    private bool _isOpen;
    private int _characters;
    private long _comparedAt;

    /// <param name="stream">What is decoded.</param>
    /// <param name="last">What was read from it before: the stream may be within a transaction. Null for nothing.</param>
    /// <param name="position">Up to where the log was read.</param>
    /// <param name="seen">The same, by transaction.</param>
    /// <param name="isRead">Whether a change is this reader's.</param>
    /// <param name="untilVisible">Waits until a transaction is seen by snapshots.</param>
    /// <param name="clock">The clock.</param>
    public DecodedReading(
        DecodingStream stream, DecodedReading? last, ChangeLogPosition position, SeenTransactions seen, Func<LoggedChange, bool> isRead, Func<ulong, CancellationToken, Task> untilVisible, TimeProvider clock)
    {
        (_stream, Position, _seen, _isRead, _untilVisible, _clock) = (stream, position, seen, isRead, untilVisible, clock);
        if (last is not null)
        {
            (_transaction, _isOpen) = (last._transaction, last._isOpen);
            _ahead = last._ahead is { } ahead && !seen.Contains(ahead.Transaction) ? ahead : null;
        }

        _comparedAt = clock.GetTimestamp();
    }

    /// <summary>Up to where was read.</summary>
    public ChangeLogPosition Position { get; private set; }

    /// <summary>Whether the log itself has to be read, for the first time in a while or since too many transactions are in between. Within a transaction it is not: its rest is on its way.</summary>
    public bool HasToCompare(TimeSpan interval)
        => Position.Reading is null && (_seen.Missing > MostMissing || IsFarAhead(_transaction) || _clock.GetElapsedTime(_comparedAt) >= interval);

    /// <summary>
    /// Whether all that the stream has brought is among what was read. Where a page was not applied, the log is read anew from before it: what snapshots do not show yet would be passed over, as the stream does not bring it again.
    /// </summary>
    public bool IsWithin(SeenTransactions seen) => _decoded.TrueForAll(seen.Contains) && (_page.Count == 0 || seen.Contains(_page[^1].Transaction)) && (Position.Reading is null || _transaction is not { } half || seen.Contains(half));

    /// <summary>The log could not be compared just now.</summary>
    public void Compared() => _comparedAt = _clock.GetTimestamp();

    public async ValueTask<ChangePage> ReadAsync(int limit, CancellationToken cancellationToken)
    {
        // A reading that was broken off has lost nothing: what it had found is given out by this one.
        while (await PeekAsync(cancellationToken).ConfigureAwait(false) is { } change)
        {
            if (_page.Count == limit || _characters > MaxPageCharacters || IsFarAhead(change.Transaction))
            {
                return await PageAsync(hasMore: true, cancellationToken).ConfigureAwait(false);
            }

            _page.Add(change);
            _characters += (change.Old?.Length ?? 0) + (change.New?.Length ?? 0);
            _ahead = null;
        }

        _stream.Acknowledge();
        return await PageAsync(hasMore: false, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The next change that is this reader's; null where nothing more has come, which is never so within a transaction.</summary>
    private async ValueTask<LoggedChange?> PeekAsync(CancellationToken cancellationToken)
    {
        while (_ahead is null && await _stream.NextAsync(waits: _isOpen, cancellationToken).ConfigureAwait(false) is { } message)
        {
            switch (message)
            {
                case BeginMessage:
                    _isOpen = true;
                    break;
                case InsertMessage insert:
                    var change = await DecodedRow.ReadAsync(insert, CancellationToken.None).ConfigureAwait(false);
                    _transaction = change.Transaction;
                    _ahead = _isRead(change) && !_seen.Contains(change.Transaction) ? change : null;
                    break;
                case CommitMessage:
                    End();
                    break;
                default:
                    break;
            }

            _stream.Advance();
        }

        return _ahead;
    }

    private void End()
    {
        if (_transaction is { } transaction && !IsFarAhead(transaction))
        {
            _seen.Add(transaction);
            _decoded.Add(transaction);
        }

        (_transaction, _isOpen) = (null, false);
    }

    private async ValueTask<ChangePage> PageAsync(bool hasMore, CancellationToken cancellationToken)
    {
        if (_ahead is { } ahead && _page.Count > 0 && _page[^1].Transaction == ahead.Transaction)
        {
            // Whoever goes on from here reads the rest from the log, which has to show it then.
            await _untilVisible(ahead.Transaction, cancellationToken).ConfigureAwait(false);
            var reading = SeenTransactions.Parse(_seen.ToString());
            reading.Add(ahead.Transaction);
            Position = Position with { Seen = _seen.ToString(), Reading = reading.ToString(), After = _page[^1].Id };
        }
        else
        {
            Position = Position with { Seen = _seen.ToString(), Reading = null, After = 0 };
        }

        var page = new ChangePage([.. _page], Position, hasMore, ChangeLogGap.None);
        _page.Clear();
        _characters = 0;
        return page;
    }

    private bool IsFarAhead(ulong? transaction) => transaction is { } id && id > _seen.End + MostMissing;
}
