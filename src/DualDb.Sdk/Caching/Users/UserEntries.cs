using DualDb.Users;

namespace DualDb.Caching;

/// <summary>Reads what is kept for one user, under the claims that it is kept for.</summary>
/// <param name="user">The user.</param>
internal sealed class UserEntries(ActingUser user)
{
    private const int MostTurns = 2;

    /// <summary>The entries of whom a database acts as; null where they are everybody's.</summary>
    /// <param name="database">The database.</param>
    /// <param name="isShared">Whether the entries are everybody's, whoever asks.</param>
    public static UserEntries? Of(PostgresDatabase database, bool isShared) => isShared || database.ActsAs is not { } user ? null : new UserEntries(user);

    /// <summary>
    /// Reads, and begins anew where other claims came with the next token meanwhile: what was read under those is kept for nobody. Where they go on coming, it reads past the cache.
    /// </summary>
    /// <param name="read">Reads under the claims of the moment.</param>
    /// <param name="cancellationToken">Cancels the waiting for a token.</param>
    public async ValueTask<TResult> ReadAsync<TResult>(Func<UserRead, ValueTask<TResult>> read, CancellationToken cancellationToken)
    {
        for (var turn = 0; turn < MostTurns && !user.IsUnsteady; turn++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            UserRead? begun;
            try
            {
                begun = await BeginAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (AccessTokenException failure)
            {
                // What was asked for is known further down only, where the same failure is told by its name.
                user.Expect(failure);
                break;
            }

            try
            {
                if (begun is not null)
                {
                    return await read(begun).ConfigureAwait(false);
                }
            }
            catch (ClaimsChangedException)
            {
                // Once more, or past the cache.
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
        return await read(UserRead.PastCache(user)).ConfigureAwait(false);
    }

    private async ValueTask<UserRead?> BeginAsync(CancellationToken cancellationToken)
        => await user.BeginAsync(cancellationToken).ConfigureAwait(false) is var (session, epoch) ? new UserRead(user, session.Partition, epoch) : null;
}
