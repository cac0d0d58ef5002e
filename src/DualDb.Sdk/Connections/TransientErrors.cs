using System.Data;
using System.Net.Sockets;
using System.Security.Authentication;
using Npgsql;

namespace DualDb.Connections;

/// <summary>
/// Which failures may go away by themselves, and which of them leave no doubt that nothing was applied. Npgsql's <c>IsTransient</c> is not
/// enough: it misses the vendors' own errors, and counts a command timeout and an exhausted pool as transient.
/// </summary>
internal static class TransientErrors
{
    /// <summary>Whether a statement, alone in its transaction, may be sent again.</summary>
    /// <param name="exception">What it raised.</param>
    /// <param name="writes">Whether it writes.</param>
    public static bool MayRetry(Exception exception, bool writes) => writes ? MayRetryWrite(exception) : MayRetryRead(exception);

    /// <summary>Whether connecting may be tried again. It applies nothing, so that everything that may pass is retried.</summary>
    public static bool MayRetryOpen(Exception exception)
        => exception switch
        {
            PostgresException refused => VendorErrors.Judge(refused) switch
            {
                VendorVerdict.None => SqlStates.IsTransient(refused.SqlState),
                var verdict => verdict != VendorVerdict.Permanent,
            },
            NpgsqlException failure => !IsPoolExhausted(failure) && !IsPermanentNetworkFailure(failure)
                && (failure.InnerException is TimeoutException || IsNetworkFailure(failure) || FindPostgres(failure) is { } inner && MayRetryOpen(inner)),
            TimeoutException => true,
            _ => false,
        };

    /// <summary>Whether a statement that only reads may be sent again. A command timeout is not retried: the next attempt would take as long.</summary>
    public static bool MayRetryRead(Exception exception)
        => exception switch
        {
            PostgresException answer => IsStalePlan(answer) || VendorErrors.Judge(answer) switch
            {
                VendorVerdict.None => SqlStates.IsTransient(answer.SqlState),
                var verdict => verdict != VendorVerdict.Permanent,
            },
            NpgsqlException failure => IsNetworkFailure(failure),
            _ => false,
        };

    /// <summary>Whether a write may be sent again because nothing of it can have been applied: the server said so, or never received it.</summary>
    public static bool MayRetryWrite(Exception exception)
        => exception is PostgresException answer
            && (IsStalePlan(answer) || VendorErrors.Judge(answer) switch
            {
                VendorVerdict.None => SqlStates.IsTransientWithoutEffect(answer.SqlState),
                var verdict => verdict == VendorVerdict.TransientBeforeExecution,
            });

    /// <summary>Whether a write or commit that was sent may have been applied all the same.</summary>
    /// <param name="exception">What it raised.</param>
    /// <param name="connection">
    /// The connection that carried it, where it is at hand: one that outlived a command timeout has seen the server's answer that the
    /// statement was cancelled, so that nothing of it was applied.
    /// </param>
    public static bool OutcomeUnknown(Exception exception, NpgsqlConnection? connection = null)
        => exception switch
        {
            PostgresException answer => VendorErrors.Judge(answer) switch
            {
                VendorVerdict.None => !SqlStates.IsTransientWithoutEffect(answer.SqlState)
                    && (SqlStates.EndsConnection(answer.SqlState) || answer.InvariantSeverity is "FATAL" or "PANIC"),
                var verdict => verdict == VendorVerdict.TransientDuringExecution,
            },
            NpgsqlException failure => IsNetworkFailure(failure) || (IsCommandTimeout(failure) && connection is not { State: ConnectionState.Open }),
            _ => false,
        };

    /// <summary>Whether the connection died, and others of its age with it.</summary>
    public static bool IsConnectionBroken(Exception exception)
        => exception switch
        {
            PostgresException answer => SqlStates.EndsConnection(answer.SqlState),
            NpgsqlException failure => IsNetworkFailure(failure),
            _ => false,
        };

    /// <summary>
    /// Whether a prepared statement no longer fits the table, which was altered meanwhile. Raised before anything is executed; outside a
    /// transaction the same statement succeeds on a connection that has not prepared it.
    /// </summary>
    public static bool IsStalePlan(Exception exception)
        => exception is PostgresException { SqlState: PostgresErrorCodes.FeatureNotSupported } answer
            && (answer.Routine is "RevalidateCachedQuery" || answer.MessageText.Contains("cached plan must not change result type", StringComparison.Ordinal));

    /// <summary>Whether no connection became free in time. Npgsql has no type for it.</summary>
    public static bool IsPoolExhausted(Exception exception)
        => exception is NpgsqlException { InnerException: TimeoutException } && exception.Message.Contains("pool has been exhausted", StringComparison.Ordinal);

    /// <summary>Whether the statement ran into the command timeout.</summary>
    public static bool IsCommandTimeout(Exception exception)
        => exception is NpgsqlException { InnerException: TimeoutException } and not PostgresException && !IsPoolExhausted(exception);

    /// <summary>A name that does not exist, or a certificate that is refused, will be so again.</summary>
    private static bool IsPermanentNetworkFailure(NpgsqlException failure)
        => failure.InnerException is AuthenticationException or SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData };

    private static bool IsNetworkFailure(NpgsqlException failure)
    {
        for (var cause = failure.InnerException; cause is not null; cause = cause.InnerException)
        {
            if (cause is IOException or SocketException)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>With several hosts the causes lie in an aggregate.</summary>
    private static PostgresException? FindPostgres(NpgsqlException failure)
        => (failure.InnerException as AggregateException)?.Flatten().InnerExceptions.OfType<PostgresException>().FirstOrDefault();
}
