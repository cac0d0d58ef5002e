using DualDb.Consistency.Monitoring.Alerts.Sharing;

namespace DualDb.Consistency.Monitoring.Alerts;

/// <summary>Makes alerts of what is the matter: when it has lasted long enough, again while it goes on, and when it is over.</summary>
/// <param name="application">Whose alerts.</param>
/// <param name="options">The rules.</param>
internal sealed class AlertEvaluation(string application, AlertOptions options)
{
    private const int MostResolved = 1000;
    private const int MostRecent = 10_000;

    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(2);

    private readonly Dictionary<(string Rule, string Subject), Tracked> _tracked = [];

    // What was read of them before that was kept says that they go on.
    private readonly HashSet<(string Rule, string Subject, DateTimeOffset Since)> _resolved = [];

    // When something was last told that is over by now: what comes and goes is told as often as what lasts, and not each time.
    private readonly Dictionary<(string Rule, string Subject), DateTimeOffset> _recent = [];

    /// <summary>What is told at this moment.</summary>
    public List<Alert> Told { get; } = [];

    /// <summary>What has changed since it was last kept.</summary>
    public List<AlertState> Changed { get; } = [];

    /// <summary>What lasts long enough to be told.</summary>
    public IReadOnlyList<AlertState> Firing => [.. _tracked.Where(static one => one.Value.FiredAt is not null).Select(static one => one.Value.State(one.Key, resolvedAt: null))];

    /// <summary>Goes on where other nodes were. What is over already has a moment to show itself all the same.</summary>
    public void Continue(IEnumerable<AlertState> states, DateTimeOffset now)
    {
        var seenAt = now - options.ResolveAfter + (options.ResolveAfter < Moment ? options.ResolveAfter : Moment);
        foreach (var state in states.Where(state => !_resolved.Contains((state.Rule, state.Subject, state.Since))))
        {
            _tracked.TryAdd((state.Rule, state.Subject), new Tracked(state.Severity, state.Since, state.Words, seenAt) { FiredAt = state.FiredAt, ToldAt = state.ToldAt > now ? now : state.ToldAt, Told = state.Told });
        }
    }

    /// <summary>Learns when other nodes have last told of something that is over. What was told later than now was told before the clock was set back.</summary>
    public void Remember(IEnumerable<ToldBefore> recent, DateTimeOffset now)
    {
        foreach (var told in recent.Where(told => told.At <= now + Moment))
        {
            Remember((told.Rule, told.Subject), told.At);
        }
    }

    /// <summary>Forgets all: another node goes on.</summary>
    public void Clear()
    {
        _tracked.Clear();
        Changed.Clear();
    }

    /// <summary>
    /// The clock has jumped: how long something has lasted, and how long ago it was told, stays as it is. Otherwise a clock set back would hold alerts open, and one set forward would tell of what has just begun.
    /// </summary>
    /// <param name="jump">By how much it is ahead of where it was going.</param>
    public void Shift(TimeSpan jump)
    {
        foreach (var (key, at) in _recent)
        {
            // Replacing is allowed while it is walked through.
            _recent[key] = at + jump;
        }

        foreach (var tracked in _tracked.Values)
        {
            tracked.Shift(jump);
        }
    }

    /// <summary>Looks at what is the matter, and fills <see cref="Told"/> and <see cref="Changed"/>.</summary>
    /// <param name="now">The time.</param>
    /// <param name="signals">What is the matter.</param>
    /// <param name="isSilenced">Whether a rule's alerts are not told now.</param>
    public void Look(DateTimeOffset now, IEnumerable<AlertSignal> signals, Func<string, bool> isSilenced)
    {
        Told.Clear();
        foreach (var (key, at) in _recent)
        {
            if (now - at >= options.RepeatEvery)
            {
                // Removing is allowed while it is walked through.
                _recent.Remove(key);
            }
        }

        foreach (var signal in signals)
        {
            if (options.Rules.Find(signal.Rule) is { IsEnabled: true } rule)
            {
                See(now, signal, rule, isSilenced(signal.Rule));
            }
        }

        foreach (var (key, tracked) in _tracked.Where(one => one.Value.SeenAt != now).ToList())
        {
            // What was not told yet has to last without a break.
            if (tracked.FiredAt is null)
            {
                _tracked.Remove(key);
            }
            else if (now - tracked.SeenAt >= options.ResolveAfter)
            {
                _tracked.Remove(key);
                Resolve(now, key, tracked);
            }
        }
    }

    private void See(DateTimeOffset now, AlertSignal signal, AlertRule rule, bool isSilenced)
    {
        var key = (signal.Rule, signal.Subject);
        if (!_tracked.TryGetValue(key, out var tracked))
        {
            _tracked[key] = tracked = new Tracked(rule.Severity, Rounded(now), signal.Words, now);
        }

        (tracked.SeenAt, tracked.Words, tracked.Severity) = (now, signal.Words, rule.Severity);
        if (now - tracked.Since < rule.For && tracked.FiredAt is null)
        {
            return;
        }

        var isNew = tracked.FiredAt is null;
        tracked.FiredAt ??= now;
        if (!isSilenced && (LastTold(key, tracked) is not { } told || now - told >= options.RepeatEvery))
        {
            Told.Add(new Alert(application, key.Rule, key.Subject, tracked.Severity, tracked.Words, tracked.Since, now, IsResolved: false, tracked.Told));
            (tracked.ToldAt, tracked.Told) = (now, tracked.Told + 1);
            Changed.Add(tracked.State(key, resolvedAt: null));
        }
        else if (isNew)
        {
            Changed.Add(tracked.State(key, resolvedAt: null));
        }
    }

    private void Resolve(DateTimeOffset now, (string Rule, string Subject) key, Tracked tracked)
    {
        Changed.Add(tracked.State(key, now));
        if (_resolved.Count >= MostResolved)
        {
            _resolved.Clear();
        }

        _resolved.Add((key.Rule, key.Subject, Rounded(tracked.Since)));
        if (tracked.ToldAt is { } told)
        {
            Remember(key, told);

            // Also within a silence: whoever was told of the beginning waits for the end.
            Told.Add(new Alert(application, key.Rule, key.Subject, tracked.Severity, tracked.Words, tracked.Since, now, IsResolved: true, tracked.Told));
        }
    }

    // Also of what was over in between.
    private DateTimeOffset? LastTold((string Rule, string Subject) key, Tracked tracked) => tracked.ToldAt ?? (_recent.TryGetValue(key, out var before) ? before : null);

    private void Remember((string Rule, string Subject) key, DateTimeOffset at)
    {
        if (_recent.TryGetValue(key, out var known) ? at > known : _recent.Count < MostRecent)
        {
            _recent[key] = at;
        }
    }

    // As PostgreSQL keeps it.
    private static DateTimeOffset Rounded(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);

    private sealed class Tracked(AlertSeverity severity, DateTimeOffset since, string words, DateTimeOffset seenAt)
    {
        public AlertSeverity Severity { get; set; } = severity;

        public DateTimeOffset Since { get; private set; } = since;

        public string Words { get; set; } = words;

        public DateTimeOffset SeenAt { get; set; } = seenAt;

        public DateTimeOffset? FiredAt { get; set; }

        public DateTimeOffset? ToldAt { get; set; }

        public int Told { get; set; }

        // What has been kept is found again by when it began.
        public void Shift(TimeSpan jump)
            => (Since, SeenAt, ToldAt) = (FiredAt is null ? Rounded(Since + jump) : Since, SeenAt + jump, ToldAt + jump);

        public AlertState State((string Rule, string Subject) key, DateTimeOffset? resolvedAt)
            => new(key.Rule, key.Subject, Severity, Words, Since, FiredAt ?? Since, ToldAt, Told, resolvedAt);
    }
}
