using Npgsql;

namespace DualDb.Migrations.Running;

/// <summary>Tries again what others' locks have kept from running.</summary>
internal static class LockRetry
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    /// <summary>Runs an action until it succeeds, fails for another reason, or has been tried <see cref="MigrationOptions.LockAttempts"/> times.</summary>
    /// <param name="run">The run.</param>
    /// <param name="action">The action. It gives up all locks when it fails, so that others get theirs in the pause.</param>
    /// <param name="cancellationToken">Cancels the waiting.</param>
    public static async Task RunAsync(RunContext run, Func<CancellationToken, Task> action, CancellationToken cancellationToken)
    {
        var pause = run.Options.LockRetryDelay;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await action(cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (Exception exception) when (attempt < run.Options.LockAttempts && IsLockFailure(exception))
            {
                // Paused for below, outside the handler.
            }

            await Task.Delay(pause * (0.5 + Random.Shared.NextDouble()), run.Clock, cancellationToken).ConfigureAwait(false);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    /// <summary>Whether a statement failed for the locks of others.</summary>
    public static bool IsLockFailure(Exception exception)
        => ServerAnswer.In(exception)?.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure;
}
