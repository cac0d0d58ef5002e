using System.Globalization;

namespace DualDb;

/// <summary>
/// The transaction was committed, but callbacks of <see cref="DatabaseTransaction.OnCommitted(Func{CancellationToken, Task})"/> failed.
/// The commit stands: do not repeat the transaction, only what the callbacks were to do.
/// </summary>
public sealed class CommitCallbackException : DualDbException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="database">The database that committed.</param>
    /// <param name="callbacks">How many callbacks there were.</param>
    /// <param name="failures">What the failed ones raised, in order; at least one.</param>
    public CommitCallbackException(Database database, int callbacks, IReadOnlyList<Exception> failures)
        : base(Describe(database, callbacks, failures), failures[0])
    {
        Database = database;
        Failures = failures;
    }

    /// <summary>What the failed callbacks raised, in the order in which they ran.</summary>
    public IReadOnlyList<Exception> Failures { get; }

    private static string Describe(Database database, int callbacks, IReadOnlyList<Exception> failures)
        => string.Create(
            CultureInfo.InvariantCulture,
            $"The {database} transaction was committed, but {failures.Count} of its {callbacks} callbacks failed; the first said: {failures[0].Message} "
            + $"The commit stands: do not repeat the transaction, only what the callbacks were to do.");
}
