using System.Runtime.CompilerServices;

namespace DualDb.Views;

/// <summary>Views that are fetched in chunks: the next chunk is under way while the current one is consumed.</summary>
internal static class ChunkStream
{
    /// <summary>The views of all chunks.</summary>
    /// <param name="begin">Begins at the first chunk, once per enumeration: a stream enumerated again starts anew. Fetches the next chunk; null behind the last.</param>
    /// <param name="cancellationToken">Cancels the reads.</param>
    public static async IAsyncEnumerable<TView> ReadAsync<TView>(
        Func<Func<CancellationToken, Task<IReadOnlyList<TView>?>>> begin, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var next = begin();
        var pending = next(leaving.Token);
        try
        {
            while (await TakeAsync(pending, cancellationToken).ConfigureAwait(false) is { } chunk)
            {
                pending = next(leaving.Token);
                foreach (var view in chunk)
                {
                    yield return view;
                }
            }
        }
        finally
        {
            // Whoever leaves early leaves a chunk under way; its connections are back in their pools before he goes on.
            await leaving.CancelAsync().ConfigureAwait(false);
            await ((Task)pending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task<IReadOnlyList<TView>?> TakeAsync<TView>(Task<IReadOnlyList<TView>?> pending, CancellationToken cancellationToken)
    {
        try
        {
            return await pending.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Told in the caller's own token, which the chunk knows only as part of another one.
            cancellationToken.ThrowIfCancellationRequested();
            throw;
        }
    }
}
