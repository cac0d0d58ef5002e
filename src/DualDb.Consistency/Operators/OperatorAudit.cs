using DualDb.Consistency.Schema;
using DualDb.Diagnostics;

namespace DualDb.Consistency.Operators;

/// <summary>
/// What operators did, in the home database's schema <c>dualdb</c>: written before it is begun, and again when it is known what came of it. Entries are never changed. Those of other applications in the same database stay apart. Passwords and keys of the connections are taken out of their words.
/// </summary>
public sealed class OperatorAudit
{
    private static readonly TimeSpan OutcomePatience = TimeSpan.FromSeconds(10);

    private readonly PostgresDatabase _home;
    private readonly AuditStore _store;
    private readonly Redaction _secrets;

    /// <summary>Opens an audit.</summary>
    /// <param name="root">The root whose databases are operated.</param>
    /// <param name="home">The database that keeps it.</param>
    /// <param name="application">Whose entries these are.</param>
    public OperatorAudit(IDualDatabase root, Database home, string application)
    {
        ArgumentNullException.ThrowIfNull(root);
        ArgumentException.ThrowIfNullOrWhiteSpace(application);
        _home = home == Database.Neon ? root.Neon : root.Supabase;
        _store = new AuditStore(_home, application);
        _secrets = Redaction.Of(root);
        Application = application;
    }

    /// <summary>Whose entries these are.</summary>
    public string Application { get; }

    /// <summary>The database that keeps them.</summary>
    public Database Home => _home.Kind;

    /// <summary>Installs what it keeps entries in. Where it is there, nothing is written.</summary>
    /// <param name="cancellationToken">Cancels the work; nothing is installed then.</param>
    /// <exception cref="DualDbConfigurationException">The login role may not create it.</exception>
    public Task InstallAsync(CancellationToken cancellationToken = default) => SchemaInstallation.InstallAsync(_home, AuditSchema.Module, cancellationToken);

    /// <summary>Does something, and keeps that it was begun, and what came of it.</summary>
    /// <typeparam name="T">What it gives back.</typeparam>
    /// <param name="what">What is done.</param>
    /// <param name="work">Does it. Whatever it throws is kept as a failure, by its message, and thrown.</param>
    /// <param name="describe">Says what came of it; null for nothing.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <exception cref="DualDbException">It could not be kept that it is begun; it was not done.</exception>
    public async Task<T> RunAsync<T>(OperatorAction what, Func<CancellationToken, Task<T>> work, Func<T, string>? describe = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        var id = await BeginAsync(what, cancellationToken).ConfigureAwait(false);
        try
        {
            var result = await work(cancellationToken).ConfigureAwait(false);
            await EndAsync(id, AuditOutcome.Done, describe?.Invoke(result) ?? "").ConfigureAwait(false);
            return result;
        }
        catch (Exception failure)
        {
            await EndAsync(id, AuditOutcome.Failed, failure is DualDbException ? failure.Message : failure.GetType().Name).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Keeps that something is begun.</summary>
    /// <param name="what">What.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The number of the entry, for <see cref="CompleteAsync"/>.</returns>
    /// <exception cref="SchemaVersionException">The audit is not installed.</exception>
    /// <exception cref="DatabaseUnavailableException">The home database could not be reached.</exception>
    public Task<long> BeginAsync(OperatorAction what, CancellationToken cancellationToken = default) => AddAsync(what, AuditOutcome.Begun, "", cancellationToken);

    /// <summary>Keeps what came of something.</summary>
    /// <param name="id">The number of the entry that it was begun with.</param>
    /// <param name="outcome">What came of it.</param>
    /// <param name="detail">That in words; no values of users, and no secrets.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task CompleteAsync(long id, AuditOutcome outcome, string detail, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(detail);
        ArgumentOutOfRangeException.ThrowIfEqual(outcome, AuditOutcome.Begun);
        return _store.EndAsync(id, outcome, _secrets.Clean(detail), cancellationToken);
    }

    /// <summary>Keeps that something was asked for and not allowed.</summary>
    /// <param name="what">What.</param>
    /// <param name="detail">Why not.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task RefuseAsync(OperatorAction what, string detail, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(detail);
        await AddAsync(what, AuditOutcome.Refused, detail, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Entries, the latest first.</summary>
    /// <param name="filter">Which; null for all.</param>
    /// <param name="limit">How many at most, 1,000 at the highest.</param>
    /// <param name="skip">How many are passed over.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="SchemaVersionException">The audit is not installed.</exception>
    public async Task<IReadOnlyList<AuditEntry>> ListAsync(AuditFilter? filter = null, int limit = 100, int skip = 0, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 1000);
        ArgumentOutOfRangeException.ThrowIfNegative(skip);
        return await _store.ListAsync(filter ?? new AuditFilter(), limit, skip, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes old entries of this application.</summary>
    /// <param name="olderThan">How old; 30 days at least, since younger ones are kept in any case.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>How many.</returns>
    public Task<int> PurgeAsync(TimeSpan olderThan, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(olderThan, TimeSpan.FromDays(AuditSchema.LeastDays));
        return _store.PurgeAsync(olderThan, cancellationToken);
    }

    private Task<long> AddAsync(OperatorAction what, AuditOutcome outcome, string detail, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(what);
        return string.IsNullOrWhiteSpace(what.Actor) || string.IsNullOrWhiteSpace(what.Action)
            ? throw new ArgumentException("Who does it and what is done have to be named.", nameof(what))
            : _store.AddAsync(what with { Target = _secrets.Clean(what.Target), Reason = _secrets.Clean(what.Reason) }, outcome, _secrets.Clean(detail), cancellationToken);
    }

    // Also where the work was cancelled: what came of it is to be known.
    private async Task EndAsync(long id, AuditOutcome outcome, string detail)
    {
        using var deadline = new CancellationTokenSource(OutcomePatience, _home.Clock);
        await _store.EndAsync(id, outcome, _secrets.Clean(detail), deadline.Token).ConfigureAwait(false);
    }
}
