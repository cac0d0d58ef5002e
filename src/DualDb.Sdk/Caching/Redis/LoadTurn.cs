namespace DualDb.Caching;

/// <summary>
/// The turn to load one key, of all nodes: whoever has the lock loads, the others look again and again for what it finds. It saves work and promises nothing: the lock ends by itself,
/// and who has waited long enough loads anyway.
/// </summary>
internal sealed class LoadTurn(RedisStore redis, SharedSpace space, string text, TimeSpan longest)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private readonly string _key = space.LockKey(text);
    private readonly string _token = Guid.NewGuid().ToString("N");
    private readonly long _until = Environment.TickCount64 + (long)longest.TotalMilliseconds;
    private bool _isMine;
    private bool _hasLooked;

    /// <summary>Whether there is nothing more to wait for.</summary>
    public bool IsOver => _isMine || Environment.TickCount64 >= _until;

    /// <summary>Tries to take the lock, and looks for what another node has loaded; null where Redis does not answer.</summary>
    public async ValueTask<SharedRead?> NextAsync(CancellationToken cancellationToken)
    {
        if (_hasLooked)
        {
            await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
        }

        _hasLooked = true;

        // Lock first, then look: what its last holder has published is there by then.
        if (await redis.LockAsync(_key, _token, longest).ConfigureAwait(false) is not { } taken)
        {
            return null;
        }

        _isMine |= taken;
        return await redis.ReadAsync(space, [text]).ConfigureAwait(false);
    }

    public ValueTask EndAsync() => _isMine ? redis.UnlockAsync(_key, _token) : ValueTask.CompletedTask;
}
