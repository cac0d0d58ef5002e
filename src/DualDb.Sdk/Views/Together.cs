using System.Runtime.ExceptionServices;

namespace DualDb.Views;

/// <summary>Runs work side by side: the first to fail cancels the rest, and all is awaited to its end.</summary>
internal static class Together
{
    public static async Task<(T1 First, T2 Second)> RunAsync<T1, T2>(
        Func<CancellationToken, Task<T1>> first, Func<CancellationToken, Task<T2>> second, CancellationToken cancellationToken)
    {
        T1 one = default!;
        T2 other = default!;
        await RunAsync(
            [
                async token => one = await first(token).ConfigureAwait(false),
                async token => other = await second(token).ConfigureAwait(false),
            ],
            cancellationToken).ConfigureAwait(false);
        return (one, other);
    }

    public static async Task RunAsync(IReadOnlyList<Func<CancellationToken, Task>> works, CancellationToken cancellationToken)
    {
        using var all = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Exception? failure = null;
        await Task.WhenAll(works.Select(RunOneAsync)).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        if (failure is not null)
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        async Task RunOneAsync(Func<CancellationToken, Task> work)
        {
            try
            {
                await work(all.Token).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                Interlocked.CompareExchange(ref failure, exception, null);
                await all.CancelAsync().ConfigureAwait(false);
            }
        }
    }
}
