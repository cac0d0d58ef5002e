using DualDb.Users;

namespace DualDb.Caching;

/// <summary>One reading as a user.</summary>
/// <param name="User">The user.</param>
/// <param name="Partition">Which entries are his; null reads past the cache.</param>
/// <param name="Epoch">The number of his claims.</param>
internal sealed record UserRead(ActingUser User, string? Partition, long Epoch)
{
    /// <summary>A reading of which nothing is kept, whatever claims it is made under.</summary>
    public static UserRead PastCache(ActingUser user) => new(user, Partition: null, Epoch: 0);

    /// <summary>What was read from the database; it is not kept where it may have been read under other claims.</summary>
    /// <exception cref="ClaimsChangedException">Other claims have come meanwhile.</exception>
    public async ValueTask<TResult> CheckedAsync<TResult>(ValueTask<TResult> reading)
    {
        var result = await reading.ConfigureAwait(false);
        return Partition is null || User.Epoch == Epoch ? result : throw new ClaimsChangedException();
    }
}
