using DualDb.Consistency.Monitoring.Alerts.Sharing;

namespace DualDb.Consistency.Monitoring;

/// <summary>The alerts of an application: <c>monitoring.Alerts</c>.</summary>
public sealed class DatabaseAlerts
{
    private readonly AlertStore _store;
    private readonly AlertOptions _options;

    internal DatabaseAlerts(AlertStore store, AlertOptions options) => (_store, _options) = (store, options);


    /// <summary>How alerts stand and stood in the last 30 days: those that last first, then the latest.</summary>
    /// <param name="openOnly">Whether only those that last are wanted.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="DatabaseUnavailableException">The home database could not be reached.</exception>
    public async Task<IReadOnlyList<AlertState>> ListAsync(bool openOnly = false, int limit = 100, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return await _store.ListAsync(openOnly, limit, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Has alerts not told for some time, for maintenance. What still is so when it ends is told then; what was told before is told to be over in it as well.</summary>
    /// <param name="duration">For how long.</param>
    /// <param name="who">Who asks for it.</param>
    /// <param name="reason">Why.</param>
    /// <param name="rule">The rule, one of <see cref="AlertRules"/>; null for all.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The silence, which <see cref="EndSilenceAsync"/> ends early. Nodes heed it within 5 seconds.</returns>
    /// <exception cref="KeyNotFoundException">There is no such rule.</exception>
    public Task<AlertSilence> SilenceAsync(TimeSpan duration, string who, string reason, string? rule = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(duration, TimeSpan.Zero);
        ArgumentException.ThrowIfNullOrWhiteSpace(who);
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        _ = rule is null ? null : _options.Rules[rule];
        return _store.SilenceAsync(rule, duration, who, reason, cancellationToken);
    }

    /// <summary>The silences that have not ended.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<IReadOnlyList<AlertSilence>> SilencesAsync(CancellationToken cancellationToken = default) => await _store.SilencesAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>Ends a silence now.</summary>
    /// <param name="id">Its number.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Whether there was one.</returns>
    public Task<bool> EndSilenceAsync(long id, CancellationToken cancellationToken = default) => _store.EndSilenceAsync(id, cancellationToken);
}
