using DualDb.Users;

namespace DualDb.Caching;

/// <summary>One reading as a user.</summary>
/// <param name="User">The user.</param>
/// <param name="Partition">Which entries are his.</param>
/// <param name="Epoch">The number of his claims.</param>
internal sealed record UserRead(ActingUser User, string Partition, long Epoch)
{
    /// <summary>What was read from the database; it is not kept where it may have been read under other claims.</summary>
    /// <exception cref="ClaimsChangedException">Other claims have come meanwhile.</exception>
    public async ValueTask<TResult> CheckedAsync<TResult>(ValueTask<TResult> reading)
    {
        var result = await reading.ConfigureAwait(false);
        return User.Epoch == Epoch ? result : throw new ClaimsChangedException();
    }
}
