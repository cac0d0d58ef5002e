namespace DualDb.Sdk.Tests.Users;

/// <summary>A source of tokens made of two functions, which counts what it is asked.</summary>
internal sealed class Source(Func<CancellationToken, Task<string?>> present, Func<string, Task<string?>> newer) : IAccessTokenProvider
{
    private int _refreshes;

    public Source(Func<string?> present, Func<string, string?> newer)
        : this(_ => Task.FromResult(present()), refused => Task.FromResult(newer(refused)))
    {
    }

    public int Refreshes => _refreshes;

    public ValueTask<string?> GetAccessTokenAsync(CancellationToken cancellationToken) => new(present(cancellationToken));

    public ValueTask<string?> RefreshAccessTokenAsync(string refused, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _refreshes);
        return new(newer(refused));
    }
}
