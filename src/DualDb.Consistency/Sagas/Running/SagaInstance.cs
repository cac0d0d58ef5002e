using DualDb.Consistency.Sagas.Journal;

namespace DualDb.Consistency.Sagas.Running;

/// <summary>An instance while this node has it: what is known of it, and what the journal has not been told yet. Steps of one number use it at the same time.</summary>
internal sealed class SagaInstance
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly long? _deadlineFrom;
    private readonly TimeSpan _deadlineIn;
    private readonly Dictionary<SagaWork, StoredAttempts> _attempts = [];
    private readonly Dictionary<(SagaWork Work, int Attempt), TimelineEntry> _untold = [];
    private readonly HashSet<SagaWork> _done = [];
    private readonly HashSet<SagaStep> _skipped = [];
    private readonly HashSet<(SagaWork Work, int Attempt)> _open = [];
    private readonly HashSet<(SagaWork Work, int Attempt)> _told = [];
    private readonly HashSet<Database> _fenced = [];

    public SagaInstance(SagaDefinition definition, HeldSaga held, object? input, LeaseClock lease, TimeProvider time)
    {
        Definition = definition;
        Held = held;
        Values = new SagaValues(input, definition.Steps.Count);
        Lease = lease;
        Token = held.Token;
        IsCompensating = held.State == SagaState.Compensating;
        Error = held.Error;
        FailedStep = held.FailedStep;
        _time = time;
        if (held.DeadlineIn is { } left)
        {
            _deadlineFrom = time.GetTimestamp();
            _deadlineIn = left;
        }
    }

    public SagaDefinition Definition { get; }

    public HeldSaga Held { get; }

    public string Id => Held.Id;

    public SagaValues Values { get; }

    public LeaseClock Lease { get; }

    /// <summary>Whether this run has begun it, so that nothing of it can have been done before.</summary>
    public bool IsNew { get; init; }

    /// <summary>Whether the journal says already that it is completed.</summary>
    public bool IsFinished { get; set; }

    public long Token { get; private set; }

    /// <summary>Fires when the node has lost the instance, or gives it up.</summary>
    public CancellationTokenSource Lost { get; } = new();

    public bool IsCompensating { get; private set; }

    public string? FailedStep { get; private set; }

    public string? Error { get; private set; }

    /// <summary>What made it fail, where that was in this process.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Whether there is no way back any more.</summary>
    public bool IsBeyondPivot => Definition.Steps.Any(step => step.IsPivot && IsDone(step));

    /// <summary>How long it may still take; null for as long as it takes, and once there is no way back.</summary>
    public TimeSpan? DeadlineIn => _deadlineFrom is { } from && !IsBeyondPivot ? _deadlineIn - _time.GetElapsedTime(from) : null;

    /// <exception cref="InstanceLostException">The node can no longer count on having it.</exception>
    public void RequireLease()
    {
        if (Lost.IsCancellationRequested || !Lease.IsGood)
        {
            throw new InstanceLostException();
        }
    }

    /// <summary>It goes back from here on, under another token.</summary>
    public void TurnAround(string failedStep, string error, Exception? failure, long token)
    {
        IsCompensating = true;
        FailedStep = failedStep;
        Error = error;
        Failure = failure;
        Token = token;
        lock (_gate)
        {
            _fenced.Clear();
        }
    }

    /// <summary>It goes on after all, under the token that it has.</summary>
    public void GoOn()
    {
        IsCompensating = false;
        FailedStep = null;
        Error = null;
        Failure = null;
    }

    public bool IsFenced(Database database)
    {
        lock (_gate)
        {
            return _fenced.Contains(database);
        }
    }

    public void HasFence(Database database)
    {
        lock (_gate)
        {
            _fenced.Add(database);
        }
    }

    public bool IsDone(SagaWork work)
    {
        lock (_gate)
        {
            return _done.Contains(work);
        }
    }

    public bool IsSkipped(SagaStep step)
    {
        lock (_gate)
        {
            return _skipped.Contains(step);
        }
    }

    /// <summary>Something has taken effect.</summary>
    public void Done(SagaWork work, object? result, bool isSkipped = false)
    {
        lock (_gate)
        {
            _done.Add(work);
            if (isSkipped)
            {
                _skipped.Add(work.Step);
            }
        }

        if (!work.IsCompensation)
        {
            Values.Set(work.Step.Index, result);
        }
    }

    public StoredAttempts AttemptsAt(SagaWork work)
    {
        lock (_gate)
        {
            return _attempts.GetValueOrDefault(work) ?? new StoredAttempts(work.Step.Name, work.IsCompensation, Last: 0, Failed: 0, IsOpen: false);
        }
    }

    /// <summary>Whether there is an attempt that nobody knows the end of: what a later one has answered says nothing about it.</summary>
    public bool MayHaveRun(SagaWork work)
    {
        lock (_gate)
        {
            return AttemptsAt(work).IsOpen || _open.Any(open => open.Work == work);
        }
    }

    public void Knows(SagaWork work, StoredAttempts attempts)
    {
        lock (_gate)
        {
            _attempts[work] = attempts;
        }
    }

    /// <summary>Tells of an attempt, with the next write to the journal.</summary>
    /// <param name="entry">The attempt.</param>
    /// <param name="counts">Whether it is one of those after which the step is given up.</param>
    public void Tell(TimelineEntry entry, bool counts = false)
    {
        lock (_gate)
        {
            var known = AttemptsAt(entry.Work);
            _attempts[entry.Work] = known with { Last = entry.Attempt, Failed = known.Failed + (counts ? 1 : 0) };
            if (entry.State is TimelineEntry.Begun or TimelineEntry.Unanswered)
            {
                _open.Add((entry.Work, entry.Attempt));
            }
            else
            {
                _open.Remove((entry.Work, entry.Attempt));
            }

            _untold[(entry.Work, entry.Attempt)] = entry;
        }
    }

    /// <summary>Whether the journal may have any of them already.</summary>
    public bool HasToldOf(TimelineEntry[] entries)
    {
        lock (_gate)
        {
            return entries.Any(entry => _told.Contains((entry.Work, entry.Attempt)));
        }
    }

    public TimelineEntry[] Untold()
    {
        lock (_gate)
        {
            return _untold.Count == 0 ? [] : [.. _untold.Values];
        }
    }

    public void Told(TimelineEntry[] entries)
    {
        lock (_gate)
        {
            foreach (var entry in entries)
            {
                _told.Add((entry.Work, entry.Attempt));
                if (_untold.TryGetValue((entry.Work, entry.Attempt), out var still) && ReferenceEquals(still, entry))
                {
                    _untold.Remove((entry.Work, entry.Attempt));
                }
            }
        }
    }
}
