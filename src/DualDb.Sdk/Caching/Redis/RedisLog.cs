using System.Globalization;
using System.Text;

namespace DualDb.Caching;

/// <summary>
/// The numbered log of invalidations that all nodes share. What this node writes is sent before its caller is told that the write is done; what others write arrives by a channel, and
/// whatever did not arrive shows as a gap in the numbers and is read from the log.
/// </summary>
internal sealed class RedisLog
{
    /// <summary>How often the numbers are compared, so that a message lost as the last one is missed for no longer.</summary>
    public static readonly TimeSpan CheckInterval = TimeSpan.FromMilliseconds(250);

    private const int LogLength = 10_000;
    private const int ReplayAtOnce = 1_000;

    private static readonly TimeSpan ShortestVersion = TimeSpan.FromHours(1);

    private readonly CacheCore _core;
    private readonly RedisKeys _keys;
    private readonly KnownNumbers _known;
    private readonly string _node = Guid.NewGuid().ToString("N");
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _replaying = new(1, 1);
    private Invalidation _owed = new();
    private string _epoch = "";
    private long _last;

    public RedisLog(CacheCore core, RedisKeys keys, KnownNumbers known, RedisLink link)
    {
        _core = core;
        _keys = keys;
        _known = known;
        Link = link;
    }

    private RedisLink Link { get; }

    /// <summary>The epoch that this node has made good for.</summary>
    public string Epoch => Volatile.Read(ref _epoch);

    /// <summary>How much is still to be sent.</summary>
    public int Owed
    {
        get
        {
            lock (_lock)
            {
                return _owed.Addresses.Count + _owed.Dependencies.Count;
            }
        }
    }

    /// <summary>Writes an invalidation to the log; where Redis is away it is owed, and Redis is not read before it has been written.</summary>
    /// <param name="invalidation">The invalidation.</param>
    /// <param name="once">Names what several nodes may tell of, and one is to write; null for none.</param>
    public async ValueTask SendAsync(Invalidation invalidation, string? once = null)
    {
        lock (_lock)
        {
            if (!Link.IsUp)
            {
                _owed.Add(invalidation);
                return;
            }
        }

        var reply = await Link.AskAsync(client => SendAsync(client, invalidation, once)).ConfigureAwait(false);
        if (reply is null)
        {
            lock (_lock)
            {
                _owed.Add(invalidation);
                Link.Fail(new TimeoutException("An invalidation was not confirmed."));
            }
        }
    }

    /// <summary>Makes good over a new connection what was missed: what others have written, then what this node owes.</summary>
    public async Task RecoverAsync(IRedisClient client, CancellationToken cancellationToken)
    {
        await client.SubscribeAsync(_keys.Channel, message => Receive(client, message)).WaitAsync(cancellationToken).ConfigureAwait(false);
        var last = Volatile.Read(ref _last);
        var begun = await client.EvaluateAsync(
            RedisScripts.Begin,
            [_keys.Epoch, _keys.Number, _keys.Log],
            [Bytes(Guid.NewGuid().ToString("N")), Bytes(Epoch), Bytes(last.ToString(CultureInfo.InvariantCulture))])
            .WaitAsync(cancellationToken).ConfigureAwait(false);
        var epoch = Text(begun[0]);
        if (string.Equals(epoch, Epoch, StringComparison.Ordinal))
        {
            await ReplayAsync(client).ConfigureAwait(false);
        }
        else
        {
            StartOver(epoch, Number(begun[1]));
        }

        while (!cancellationToken.IsCancellationRequested && TakeOwed(client) is { } owed)
        {
            try
            {
                await SendAsync(client, owed, once: null).WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                lock (_lock)
                {
                    // Another connection may be open by now, which knows nothing of this debt.
                    _owed.Add(owed);
                    Link.Fail(exception);
                }

                throw;
            }
        }
    }

    /// <summary>Compares the numbers, and reads what did not arrive.</summary>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();

        // Read before Redis is asked: messages that arrive while its answer is under way raise the number.
        var last = Volatile.Read(ref _last);
        if (await Link.AskAsync(client => client.EvaluateAsync(RedisScripts.State, [_keys.Epoch, _keys.Number], [])).ConfigureAwait(false) is not { } state)
        {
            return;
        }

        if (!string.Equals(Text(state[0]), Epoch, StringComparison.Ordinal) || Number(state[1]) < last)
        {
            Link.Fail(new InvalidDataException("Redis has forgotten what it held."));
        }
        else if (Number(state[1]) > Volatile.Read(ref _last))
        {
            await Link.AskAsync(ReplayAsync).ConfigureAwait(false);
        }
    }

    private async Task<object> SendAsync(IRedisClient client, Invalidation invalidation, string? once)
    {
        var keys = new List<string>(3 + invalidation.Addresses.Count + invalidation.Dependencies.Count) { _keys.Epoch, _keys.Number, _keys.Log };
        keys.AddRange(invalidation.Addresses.Select(_keys.VersionOf));
        keys.AddRange(invalidation.Dependencies.Select(_keys.DependencyOf));
        if (once is not null)
        {
            keys.Add(_keys.OnceOf(once));
        }

        var lifetime = Math.Max(ShortestVersion.TotalMilliseconds, 2 * _core.LongestLifetime.TotalMilliseconds);
        var reply = await client.EvaluateAsync(
            RedisScripts.Invalidate,
            keys,
            [
                Bytes(Epoch),
                Bytes(_node),
                InvalidationMessage.Write(invalidation),
                Bytes(((long)lifetime).ToString(CultureInfo.InvariantCulture)),
                Bytes(LogLength.ToString(CultureInfo.InvariantCulture)),
                Bytes(_keys.Channel),
                Bytes(once is null ? "0" : "1"),
            ]).ConfigureAwait(false);
        var number = Number(reply[0]);
        if (number == 0)
        {
            throw new InvalidDataException("Redis has begun another epoch.");
        }

        if (number > 0)
        {
            _known.Note(invalidation, number);
            _core.Sent();
        }

        return reply;
    }

    private void Receive(IRedisClient client, byte[] message)
    {
        if (RedisAnnouncement.Read(message) is not { } announced || !string.Equals(announced.Epoch, Epoch, StringComparison.Ordinal))
        {
            return;
        }

        lock (_lock)
        {
            if (announced.Number <= _last)
            {
                return;
            }

            if (announced.Number == _last + 1)
            {
                Apply(announced.Number, announced.Node, announced.Message, isReplayed: false);
                return;
            }
        }

        // A gap: what lies before is read from the log, and this one with it.
        _ = ReplaySafelyAsync(client);
    }

    private async Task ReplaySafelyAsync(IRedisClient client)
    {
        try
        {
            await ReplayAsync(client).WaitAsync(_core.Options.RedisTimeout).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Link.Fail(exception);
        }
    }

    /// <summary>Reads and applies what lies behind the last number; empties the memory where the log does not reach back so far.</summary>
    private async Task<object> ReplayAsync(IRedisClient client)
    {
        await _replaying.WaitAsync().ConfigureAwait(false);
        try
        {
            // Each answer has its deadline: one that never comes would keep every later replay waiting, over new connections too.
            while (true)
            {
                var after = Volatile.Read(ref _last);
                var answer = await client.EvaluateAsync(
                    RedisScripts.Replay,
                    [_keys.Epoch, _keys.Number, _keys.Log],
                    [Bytes(after.ToString(CultureInfo.InvariantCulture)), Bytes(ReplayAtOnce.ToString(CultureInfo.InvariantCulture))])
                    .WaitAsync(_core.Options.RedisTimeout).ConfigureAwait(false);
                if (!string.Equals(Text(answer[0]), Epoch, StringComparison.Ordinal))
                {
                    throw new InvalidDataException("Redis has begun another epoch.");
                }

                if (Apply(after, Number(answer[1]), answer))
                {
                    return answer;
                }
            }
        }
        finally
        {
            _replaying.Release();
        }
    }

    /// <summary>Applies a part of the log.</summary>
    /// <returns>Whether that was the end of it.</returns>
    private bool Apply(long after, long newest, byte[]?[] answer)
    {
        lock (_lock)
        {
            const int Header = 2;
            const int Fields = 3;
            if (answer.Length == Header || Number(answer[Header]) > after + 1)
            {
                // Nothing there, though numbers are missing; or the beginning has been cut off.
                if (newest > _last)
                {
                    _last = newest;
                    _core.DropMemory();
                }

                return true;
            }

            for (var index = Header; index < answer.Length; index += Fields)
            {
                var number = Number(answer[index]);
                if (number > _last)
                {
                    Apply(number, Text(answer[index + 1]), answer[index + 2]!, isReplayed: true);
                }
            }

            return (answer.Length - Header) / Fields < ReplayAtOnce;
        }
    }

    private void Apply(long number, string node, ReadOnlySpan<byte> message, bool isReplayed)
    {
        _last = number;

        // What this node wrote it has applied already, and what it has loaded since is newer.
        if (string.Equals(node, _node, StringComparison.Ordinal))
        {
            return;
        }

        if (InvalidationMessage.Read(message) is { } invalidation)
        {
            _known.Note(invalidation, number);
            _core.Apply(invalidation);
        }
        else
        {
            _core.DropMemory();
        }

        _core.Received(isReplayed);
    }

    private void StartOver(string epoch, long number)
    {
        lock (_lock)
        {
            _known.Clear();
            Volatile.Write(ref _epoch, epoch);
            _last = number;
            _core.DropMemory();
        }
    }

    /// <summary>What is owed; null where nothing is, and Redis is open to callers from then on.</summary>
    private Invalidation? TakeOwed(IRedisClient client)
    {
        lock (_lock)
        {
            if (_owed.IsEmpty)
            {
                Link.Open(client);
                return null;
            }

            var owed = _owed;
            _owed = new Invalidation();
            return owed;
        }
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Text(byte[]? bytes) => bytes is null ? "" : Encoding.UTF8.GetString(bytes);

    private static long Number(byte[]? bytes) => long.TryParse(Text(bytes), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
