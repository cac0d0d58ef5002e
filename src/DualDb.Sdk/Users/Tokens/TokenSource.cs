namespace DualDb.Users;

/// <summary>A provider of tokens, as it is asked here: with a deadline, and so that its failures are told from those of the server.</summary>
/// <param name="provider">The provider.</param>
/// <param name="patience">How long it may take to answer.</param>
/// <param name="clock">The clock.</param>
internal sealed class TokenSource(IAccessTokenProvider provider, TimeSpan patience, TimeProvider clock)
{
    /// <summary>Above what a timer takes, nobody waits for the difference to a longer one.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    private readonly TimeSpan _patience = patience > Longest ? Longest : patience;

    /// <summary>The present token.</summary>
    /// <param name="cancellationToken">Cancels the waiting, whether the provider looks at it or not.</param>
    /// <exception cref="AccessTokenException">The provider failed, or did not answer in time.</exception>
    public async ValueTask<string?> PresentAsync(CancellationToken cancellationToken)
    {
        var abandoned = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<string?>? asking = null;
        try
        {
            var answer = provider.GetAccessTokenAsync(abandoned.Token);
            if (answer.IsCompletedSuccessfully)
            {
                return await answer.ConfigureAwait(false);
            }

            asking = answer.AsTask();
            return await asking.WaitAsync(_patience, clock, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsOfProvider(exception, cancellationToken))
        {
            throw Explain(exception, asking);
        }
        finally
        {
            Leave(asking, abandoned);
        }
    }

    /// <summary>A newer token than a refused one. Who asks waits on another thread: a provider may block.</summary>
    /// <exception cref="AccessTokenException">The provider failed, or did not answer in time.</exception>
    public async Task<string?> NewerAsync(string refused)
    {
        var abandoned = new CancellationTokenSource();
        var asking = Task.Run(() => provider.RefreshAccessTokenAsync(refused, abandoned.Token).AsTask(), CancellationToken.None);
        try
        {
            return await asking.WaitAsync(_patience, clock, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsOfProvider(exception, CancellationToken.None))
        {
            throw Explain(exception, asking);
        }
        finally
        {
            Leave(asking, abandoned);
        }
    }

    // Taken for the server's, a read would be repeated, and a write be said to have been sent.
    private static bool IsOfProvider(Exception exception, CancellationToken cancellationToken) => exception is not DualDbException && !cancellationToken.IsCancellationRequested;

    private static AccessTokenException Explain(Exception exception, Task? asking)
        => exception is TimeoutException && asking is { IsCompleted: false }
            ? NoAnswer()
            : new($"The source of access tokens failed ({exception.GetType().Name}), so that nothing was sent. Look at the inner exception.", exception) { Database = Database.Supabase };

    private static AccessTokenException NoAnswer()
        => new("The source of access tokens did not answer in time, so that nothing was sent. Look at what it waits for, let it answer from memory, or raise Supabase.CommandTimeout.")
        {
            Database = Database.Supabase,
        };

    // What nobody waits for any more is told so, elsewhere, since what it has registered runs then; and its failure is no unobserved one.
    private static void Leave(Task? asking, CancellationTokenSource abandoned)
    {
        if (asking is not { IsCompleted: false })
        {
            abandoned.Dispose();
            return;
        }

        _ = abandoned.CancelAsync();
        _ = asking.ContinueWith(
            static (ended, source) =>
            {
                _ = ended.Exception;
                ((CancellationTokenSource)source!).Dispose();
            },
            abandoned,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }
}
