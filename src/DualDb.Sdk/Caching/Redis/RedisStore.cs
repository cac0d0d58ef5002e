using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;

namespace DualDb.Caching;

/// <summary>The second level: payloads in Redis, which every node reads and none trusts beyond the last invalidation that anybody knows of.</summary>
internal sealed class RedisStore : IAsyncDisposable, IDisposable
{
    /// <summary>More keys than this are asked for in several commands: Redis answers one at a time.</summary>
    private const int KeysAtOnce = 2_500;

    private readonly RedisLink _link;
    private readonly KnownNumbers _known;

    public RedisStore(CacheCore core, IRedisConnector connector, string prefix, ILogger logger)
    {
        Keys = new RedisKeys(prefix);
        _known = new KnownNumbers(core.IsWatched);
        _link = new RedisLink(connector, core.Options, logger, (client, token) => Log!.RecoverAsync(client, token), token => Log!.CheckAsync(token));
        Log = new RedisLog(core, Keys, _known, _link);
    }

    public RedisKeys Keys { get; }

    public RedisLog Log { get; }

    public RedisState State => _link.State;

    /// <summary>Whether Redis may be asked.</summary>
    public bool IsUp => _link.IsUp;

    /// <summary>Waits for the first attempt to connect, once.</summary>
    public ValueTask ReadyAsync() => _link.ReadyAsync();

    /// <summary>Looks for payloads; null where Redis does not answer.</summary>
    public async ValueTask<SharedRead?> ReadAsync(SharedSpace space, IReadOnlyList<string> texts)
    {
        SharedRead? whole = null;
        for (var start = 0; start < texts.Count; start += KeysAtOnce)
        {
            var count = Math.Min(KeysAtOnce, texts.Count - start);
            if (await ReadPartAsync(space, texts, start, count).ConfigureAwait(false) is not { } part)
            {
                return null;
            }

            // The first ticket: what is loaded afterwards is at least as new as it says.
            whole = whole is null ? part : whole with { Payloads = [.. whole.Payloads, .. part.Payloads] };
        }

        return whole;
    }

    /// <summary>Whether this node knows of a later write of any of the rows in a payload.</summary>
    public bool HasOvertaken(CacheAddress[] rows, SharedPayload payload) => Array.Exists(rows, row => _known.Of(row) > payload.Number);

    /// <summary>Offers payloads, of which Redis takes those that no invalidation has overtaken.</summary>
    public async ValueTask PublishAsync(SharedSpace space, SharedTicket ticket, IReadOnlyList<SharedFill> fills)
    {
        var keys = new List<string>(1 + space.Dependencies.Count + (2 * fills.Count)) { Keys.Epoch };
        keys.AddRange(space.Dependencies);
        var arguments = new List<byte[]>(3 + (2 * fills.Count)) { Bytes(ticket.Epoch), Bytes(ticket.Number), Bytes(space.Dependencies.Count) };
        foreach (var fill in fills)
        {
            keys.Add(space.PayloadKey(fill.Text));
            keys.Add(space.VersionKey(fill.Text));
            arguments.Add(fill.Payload);
            arguments.Add(Bytes(Math.Max(1, (long)fill.Lifetime.TotalMilliseconds)));
        }

        await _link.AskAsync(client => client.EvaluateAsync(RedisScripts.Publish, keys, arguments)).ConfigureAwait(false);
    }

    /// <summary>Takes the lock on the loading of a key; null where Redis does not answer.</summary>
    public async ValueTask<bool?> LockAsync(string key, string token, TimeSpan lifetime)
    {
        var answer = await _link.AskAsync(client => client.EvaluateAsync(
            RedisScripts.Lock, [key], [Bytes(token), Bytes((long)lifetime.TotalMilliseconds)])).ConfigureAwait(false);
        return answer is null ? null : string.Equals(Text(answer[0]), "1", StringComparison.Ordinal);
    }

    /// <summary>Gives a lock back; it would end by itself otherwise.</summary>
    public async ValueTask UnlockAsync(string key, string token)
        => await _link.AskAsync(client => client.EvaluateAsync(RedisScripts.Unlock, [key], [Bytes(token)])).ConfigureAwait(false);

    /// <summary>Runs a script of another part of the cache; null where Redis does not answer.</summary>
    public ValueTask<byte[]?[]?> EvaluateAsync(string script, IReadOnlyList<string> keys, IReadOnlyList<byte[]> arguments)
        => _link.AskAsync(client => client.EvaluateAsync(script, keys, arguments))!;

    public ValueTask DisposeAsync() => _link.DisposeAsync();

    public void Dispose() => _link.Dispose();

    private async ValueTask<SharedRead?> ReadPartAsync(SharedSpace space, IReadOnlyList<string> texts, int start, int count)
    {
        const int Header = 2;
        var dependencies = space.Dependencies.Count;
        var keys = new List<string>(Header + dependencies + (2 * count)) { Keys.Epoch, Keys.Number };
        keys.AddRange(space.Dependencies);
        for (var index = start; index < start + count; index++)
        {
            keys.Add(space.PayloadKey(texts[index]));
            keys.Add(space.VersionKey(texts[index]));
        }

        var epoch = Log.Epoch;
        if (await _link.AskAsync(client => client.GetAsync(keys)).ConfigureAwait(false) is not { } values)
        {
            return null;
        }

        if (!string.Equals(Text(values[0]), epoch, StringComparison.Ordinal))
        {
            _link.Fail(new InvalidDataException("Redis has forgotten what it held."));
            return null;
        }

        var least = _known.Of(space.DependencySet);
        for (var index = Header; index < Header + dependencies; index++)
        {
            least = Math.Max(least, Number(values[index]));
        }

        var payloads = new SharedPayload?[count];
        for (var index = 0; index < count; index++)
        {
            var place = Header + dependencies + (2 * index);
            if (values[place] is { } bytes)
            {
                var known = Math.Max(_known.Of(space.AddressOf(texts[start + index])), Number(values[place + 1]));
                payloads[index] = SharedPayload.Read(bytes, keys[place], epoch) is { } payload
                    ? payload.Number >= Math.Max(least, known) ? payload : null
                    : SharedPayload.Unreadable;
            }
        }

        return new SharedRead(new SharedTicket(epoch, Number(values[1])), payloads);
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Bytes(long number) => Bytes(number.ToString(CultureInfo.InvariantCulture));

    private static string Text(byte[]? bytes) => bytes is null ? "" : Encoding.UTF8.GetString(bytes);

    private static long Number(byte[]? bytes) => long.TryParse(bytes, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
