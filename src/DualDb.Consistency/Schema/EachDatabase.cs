using System.Runtime.ExceptionServices;

namespace DualDb.Consistency.Schema;

/// <summary>Reads several databases side by side, each by itself: one that is away, or hangs, does not hide what the others hold.</summary>
internal static class EachDatabase
{
    /// <summary>Reads each; where none could be read, it fails as the first one did.</summary>
    /// <typeparam name="T">What one gives.</typeparam>
    /// <param name="databases">The databases.</param>
    /// <param name="read">Reads one.</param>
    /// <param name="cancellationToken">Ends the waiting: what has been read by then is told.</param>
    public static async Task<EachRead<T>> ReadAsync<T>(IEnumerable<PostgresDatabase> databases, Func<PostgresDatabase, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        var attempts = await Task.WhenAll(databases.Select(database => TryAsync(database, read, cancellationToken))).ConfigureAwait(false);
        var missing = attempts.Select(static attempt => attempt.Missing).OfType<UnreadDatabase>().ToList();
        if (missing.Count > 0 && missing.Count == attempts.Length)
        {
            ExceptionDispatchInfo.Throw(missing[0].Failure);
        }

        return new EachRead<T>([.. attempts.Where(static attempt => attempt.Missing is null).Select(static attempt => attempt.Value!)], missing);
    }

    /// <summary>Reads one, or tells why it could not be read.</summary>
    /// <typeparam name="T">What it gives.</typeparam>
    /// <param name="database">The database.</param>
    /// <param name="read">Reads it.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public static async Task<(T? Value, UnreadDatabase? Missing)> TryAsync<T>(PostgresDatabase database, Func<PostgresDatabase, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        try
        {
            // A server that does not even take note of its cancellation is not waited for.
            return (await read(database, cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false), null);
        }
        catch (Exception failure) when (failure is DualDbException or OperationCanceledException)
        {
            return (default, new UnreadDatabase(database.Kind, failure));
        }
    }
}

/// <summary>What was read, and what could not be.</summary>
/// <typeparam name="T">What one database gives.</typeparam>
/// <param name="Values">What each database that could be read gave, in their order.</param>
/// <param name="Missing">The others.</param>
internal sealed record EachRead<T>(IReadOnlyList<T> Values, IReadOnlyList<UnreadDatabase> Missing);

/// <summary>A database that could not be read.</summary>
/// <param name="Database">Which one.</param>
/// <param name="Failure">Why.</param>
internal sealed record UnreadDatabase(Database Database, Exception Failure);
