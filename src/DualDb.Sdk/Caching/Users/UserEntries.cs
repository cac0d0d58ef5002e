using DualDb.Users;

namespace DualDb.Caching;

/// <summary>Reads what is kept for one user, under the claims that it is kept for.</summary>
/// <param name="user">The user.</param>
internal sealed class UserEntries(ActingUser user)
{
    /// <summary>The entries of whom a database acts as; null where they are everybody's.</summary>
    /// <param name="database">The database.</param>
    /// <param name="isShared">Whether the entries are everybody's, whoever asks.</param>
    public static UserEntries? Of(PostgresDatabase database, bool isShared) => isShared || database.ActsAs is not { } user ? null : new UserEntries(user);

    /// <summary>Reads, and begins anew where other claims came with the next token meanwhile: what was read under those is kept for nobody.</summary>
    /// <param name="read">Reads under the claims of the moment.</param>
    /// <param name="cancellationToken">Cancels the waiting for a token.</param>
    public async ValueTask<TResult> ReadAsync<TResult>(Func<UserRead, ValueTask<TResult>> read, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await read(await BeginAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
            }
            catch (ClaimsChangedException)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
    }

    private async ValueTask<UserRead> BeginAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var epoch = user.Epoch;
            var session = await user.SessionAsync(cancellationToken).ConfigureAwait(false);
            if (user.Epoch == epoch)
            {
                return new UserRead(user, session.Partition, epoch);
            }
        }
    }
}
