namespace DualDb.Caching;

/// <summary>What a transaction has written so far, to be invalidated once it is committed.</summary>
internal sealed class DeferredInvalidation
{
    private List<(CacheCore Core, Invalidation Written)>? _written;

    public void Add(CacheCore core, Invalidation written)
    {
        _written ??= [];
        foreach (var (known, before) in _written)
        {
            if (known == core)
            {
                before.Add(written);
                return;
            }
        }

        _written.Add((core, written));
    }

    /// <summary>The transaction was committed.</summary>
    public async ValueTask CommittedAsync()
    {
        foreach (var (core, written) in _written ?? [])
        {
            await core.InvalidateAsync(written).ConfigureAwait(false);
        }
    }

    /// <summary>Nobody knows whether it was.</summary>
    public async ValueTask SuspectedAsync()
    {
        foreach (var (core, written) in _written ?? [])
        {
            await core.SuspectAsync(written).ConfigureAwait(false);
        }
    }
}
