using DualDb.Consistency.Schema;
using System.Text.Json;
using DualDb.Consistency.Events.Dispatching;
using DualDb.Consistency.Events.Operating;
using DualDb.Consistency.Events.Publishing;

namespace DualDb.Consistency.Events;

/// <summary>
/// Deliveries that did not succeed, and what operators do about them. Every step is recorded with whoever took it, in the transaction of the step.
/// </summary>
public sealed class DeadLetters
{
    private readonly IDualDatabase _root;
    private readonly EventRegistry? _registry;

    /// <param name="root">The root.</param>
    /// <param name="registry">The events that payloads are checked against; null where they are not known here.</param>
    internal DeadLetters(IDualDatabase root, EventRegistry? registry = null) => (_root, _registry) = (root, registry);

    /// <summary>Lists deliveries page by page: those of Neon's outbox, then those of Supabase's, in the order in which they failed for the first time.</summary>
    /// <param name="filter">Which ones; null for all that were given up.</param>
    /// <param name="after">The last one of the page before; null for the first page.</param>
    /// <param name="limit">How many at most, 1 to 1,000.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<IReadOnlyList<DeadLetter>> ListAsync(DeadLetterFilter? filter = null, DeadLetter? after = null, int limit = 100, CancellationToken cancellationToken = default)
        => ListBehindAsync(filter, after is null ? null : (after.Source, after.Id), limit, cancellationToken);

    /// <summary>The same of what can be read, behind a place that may have no letter any more.</summary>
    internal async Task<(IReadOnlyList<DeadLetter> Letters, IReadOnlyList<UnreadDatabase> Missing)> KnownBehindAsync(DeadLetterFilter filter, (Database Source, long Id)? after, int limit, CancellationToken cancellationToken)
    {
        var read = await EachDatabase.ReadAsync(
            Databases(filter).Where(database => after is null || database.Kind >= after.Value.Source),
            (database, token) => DeadLetterSql.ListAsync(database, filter, after is { } place && place.Source == database.Kind ? place.Id : 0, limit, token),
            cancellationToken).ConfigureAwait(false);
        return ([.. read.Values.SelectMany(static letters => letters).Take(limit)], read.Missing);
    }

    private async Task<IReadOnlyList<DeadLetter>> ListBehindAsync(DeadLetterFilter? filter, (Database Source, long Id)? after, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 1000);
        var found = new List<DeadLetter>();
        foreach (var database in Databases(filter).Where(database => after is null || database.Kind >= after.Value.Source))
        {
            if (found.Count < limit)
            {
                var behind = after is { } place && place.Source == database.Kind ? place.Id : 0;
                found.AddRange(await DeadLetterSql.ListAsync(database, filter ?? new DeadLetterFilter(), behind, limit - found.Count, cancellationToken).ConfigureAwait(false));
            }
        }

        return found;
    }

    /// <summary>Finds one by its number, however it stands; null where there is none.</summary>
    /// <param name="source">The database whose outbox the event lies in.</param>
    /// <param name="id">The delivery's number there.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<DeadLetter?> FindAsync(Database source, long id, CancellationToken cancellationToken = default)
    {
        var found = await DeadLetterSql.ListAsync(EventSources.Require(_root, source), new DeadLetterFilter { State = null }, id - 1, 1, cancellationToken).ConfigureAwait(false);
        return found is [var letter] && letter.Id == id ? letter : null;
    }

    /// <summary>Counts them by what they failed with, the most frequent first.</summary>
    /// <param name="filter">Which ones; null for all that were given up.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<IReadOnlyList<FailureGroup>> GroupsAsync(DeadLetterFilter? filter = null, CancellationToken cancellationToken = default)
    {
        var found = new List<FailureGroup>();
        foreach (var database in Databases(filter))
        {
            found.AddRange(await DeadLetterSql.GroupsAsync(database, filter ?? new DeadLetterFilter(), cancellationToken).ConfigureAwait(false));
        }

        return [.. found.OrderByDescending(static group => group.Count)];
    }

    /// <summary>The same of what can be read.</summary>
    internal async Task<(IReadOnlyList<FailureGroup> Groups, IReadOnlyList<UnreadDatabase> Missing)> KnownGroupsAsync(CancellationToken cancellationToken)
    {
        var filter = new DeadLetterFilter();
        var read = await EachDatabase.ReadAsync(Databases(filter), (database, token) => DeadLetterSql.GroupsAsync(database, filter, token), cancellationToken).ConfigureAwait(false);
        return ([.. read.Values.SelectMany(static groups => groups).OrderByDescending(static group => group.Count)], read.Missing);
    }

    /// <summary>Has them tried again from the first attempt on, at once. What waits behind them follows.</summary>
    /// <param name="filter">Which ones; of those that it names, the ones that were given up are taken alone.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="reason">Why; null for no word.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>How many.</returns>
    public async Task<int> ReplayAsync(DeadLetterFilter filter, string actor, string? reason = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentException.ThrowIfNullOrWhiteSpace(actor);
        var replayed = 0;
        foreach (var database in filter.State is null or DeliveryState.Dead ? Databases(filter) : [])
        {
            replayed += await StepAsync(database, DeadLetterSql.Replay(filter, id: null, actor, reason), "Replaying dead letters", cancellationToken).ConfigureAwait(false);
        }

        return replayed;
    }

    /// <summary>Has one tried again from the first attempt on, at once.</summary>
    /// <param name="letter">The delivery.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="reason">Why; null for no word.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Whether it was still given up.</returns>
    public async Task<bool> ReplayAsync(DeadLetter letter, string actor, string? reason = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(letter);
        ArgumentException.ThrowIfNullOrWhiteSpace(actor);
        return await StepAsync(DatabaseOf(letter), DeadLetterSql.Replay(new DeadLetterFilter(), letter.Id, actor, reason), "Replaying a dead letter", cancellationToken).ConfigureAwait(false) > 0;
    }

    /// <summary>Gives one another payload, of the version that the event has today. Replay it afterwards. The event in the outbox, and in other handlers' deliveries, stays as it is.</summary>
    /// <param name="letter">The delivery, which was given up.</param>
    /// <param name="payload">The payload as JSON text.</param>
    /// <param name="version">The version of the payload; null for the one that it has.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Whether it was still given up.</returns>
    /// <exception cref="ArgumentException">The payload is no JSON, too large, or none of the event, where this application knows it.</exception>
    public async Task<bool> EditAsync(DeadLetter letter, string payload, int? version, string actor, string reason, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(letter);
        ArgumentException.ThrowIfNullOrWhiteSpace(payload);
        ArgumentException.ThrowIfNullOrWhiteSpace(actor);
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        Check(letter, payload, version);
        return await StepAsync(DatabaseOf(letter), DeadLetterSql.Edit(letter.Id, payload, version ?? letter.Event.Version, actor, reason), "Editing a dead letter", cancellationToken).ConfigureAwait(false) > 0;
    }

    /// <summary>Gives one another payload and has it tried again from the first attempt on, at once and in one step. The payload that it had is kept in the audit.</summary>
    /// <param name="letter">The delivery, which was given up.</param>
    /// <param name="payload">The payload as JSON text.</param>
    /// <param name="version">The version of the payload; null for the one that it has.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Whether it was still given up.</returns>
    /// <exception cref="ArgumentException">The payload is no JSON, too large, or none of the event, where this application knows it.</exception>
    public async Task<bool> ReplayEditedAsync(DeadLetter letter, string payload, int? version, string actor, string reason, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(letter);
        ArgumentException.ThrowIfNullOrWhiteSpace(payload);
        ArgumentException.ThrowIfNullOrWhiteSpace(actor);
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        Check(letter, payload, version);
        return await StepAsync(DatabaseOf(letter), DeadLetterSql.Replace(letter.Id, payload, version ?? letter.Event.Version, actor, reason), "Replaying an edited dead letter", cancellationToken).ConfigureAwait(false) > 0;
    }

    /// <summary>Discards those that a filter names for good; what waits behind them goes on. Their payloads are kept in the audit.</summary>
    /// <param name="filter">Which ones; of those that it names, the ones that were given up are taken alone.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>How many.</returns>
    public async Task<int> DiscardAsync(DeadLetterFilter filter, string actor, string reason, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentException.ThrowIfNullOrWhiteSpace(actor);
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        var discarded = 0;
        foreach (var database in filter.State is null or DeliveryState.Dead ? Databases(filter) : [])
        {
            discarded += await StepAsync(database, DeadLetterSql.Discard(filter, actor, reason), "Discarding dead letters", cancellationToken).ConfigureAwait(false);
        }

        return discarded;
    }

    /// <summary>Discards one for good; what waits behind it goes on. The event stays in the outbox until its partition is dropped, and its payload in the audit.</summary>
    /// <param name="letter">The delivery, which was given up.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Whether it was still given up.</returns>
    public async Task<bool> DiscardAsync(DeadLetter letter, string actor, string reason, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(letter);
        ArgumentException.ThrowIfNullOrWhiteSpace(actor);
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return await StepAsync(DatabaseOf(letter), DeadLetterSql.Discard(letter.Id, actor, reason), "Discarding a dead letter", cancellationToken).ConfigureAwait(false) > 0;
    }

    /// <summary>What operators did, the latest first.</summary>
    /// <param name="limit">How many of each database at most, 1 to 1,000.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<IReadOnlyList<DeadLetterAudit>> AuditAsync(int limit = 100, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 1000);
        return AuditsAsync(before: null, limit, cancellationToken);
    }

    /// <summary>What operators did, page by page: the latest first, of the databases that can be read.</summary>
    /// <param name="before">The last one of the page before; null for the first page.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    internal async Task<(IReadOnlyList<DeadLetterAudit> Entries, IReadOnlyList<UnreadDatabase> Missing)> AuditPageAsync(AuditPlace? before, int limit, CancellationToken cancellationToken)
    {
        var read = await EachDatabase.ReadAsync(EventSources.Of(_root), (database, token) => DeadLetterSql.AuditAsync(database, before, limit, token), cancellationToken).ConfigureAwait(false);
        return ([.. InOrder(read.Values.SelectMany(static entries => entries)).Take(limit)], read.Missing);
    }

    private async Task<IReadOnlyList<DeadLetterAudit>> AuditsAsync(AuditPlace? before, int limit, CancellationToken cancellationToken)
    {
        var found = new List<DeadLetterAudit>();
        foreach (var database in EventSources.Of(_root))
        {
            found.AddRange(await DeadLetterSql.AuditAsync(database, before, limit, cancellationToken).ConfigureAwait(false));
        }

        return [.. InOrder(found)];
    }

    private static IEnumerable<DeadLetterAudit> InOrder(IEnumerable<DeadLetterAudit> entries)
        => entries.OrderByDescending(static entry => entry.At).ThenByDescending(static entry => entry.Source).ThenByDescending(static entry => entry.Id);

    // What could not have been published is not stored by an edit either.
    private void Check(DeadLetter letter, string payload, int? version)
    {
        try
        {
            JsonDocument.Parse(payload).Dispose();
        }
        catch (JsonException exception)
        {
            throw new ArgumentException($"The payload for the event {letter.Event.Id} is no JSON: {exception.Message}", nameof(payload), exception);
        }

        var limit = EventOptions.Of(_root.Neon).MaxEventBytes;
        if (System.Text.Encoding.UTF8.GetByteCount(payload) > limit)
        {
            throw new ArgumentException($"The payload for the event {letter.Event.Id} has more than the {limit} bytes that are allowed (EventOptions.MaxEventBytes).", nameof(payload));
        }

        try
        {
            _registry?.Events.FirstOrDefault(type => string.Equals(type.Name, letter.Event.Name, StringComparison.Ordinal))?.Check(letter.Event with { Payload = payload, Version = version ?? letter.Event.Version });
        }
        catch (EventPayloadException exception)
        {
            throw new ArgumentException($"The payload is none of '{letter.Event.Name}', and nothing was changed. {exception.InnerException?.Message ?? exception.Message}", nameof(payload), exception);
        }
    }

    private static async Task<int> StepAsync(PostgresDatabase database, Npgsql.NpgsqlBatchCommand command, string doing, CancellationToken cancellationToken)
    {
        var changed = await DatabaseCall.RunAsync(database, doing, [command], DeadLetterSql.CountAsync, cancellationToken).ConfigureAwait(false);
        if (changed > 0)
        {
            OutboxSignal.Of(database).Raise();
        }

        return changed;
    }

    private IEnumerable<PostgresDatabase> Databases(DeadLetterFilter? filter) => EventSources.Of(_root).Where(database => filter?.Source is null || filter.Source == database.Kind);

    private PostgresDatabase DatabaseOf(DeadLetter letter) => EventSources.Require(_root, letter.Source);
}
