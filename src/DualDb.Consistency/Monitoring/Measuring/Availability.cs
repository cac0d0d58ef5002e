namespace DualDb.Consistency.Monitoring.Measuring;

/// <summary>
/// When a database was up and down, by what calls and probes have met. Times in which nobody asked count as neither. The down time begins where the first call broke, and ends with the first that succeeds.
/// </summary>
/// <param name="clock">Whose timestamps.</param>
/// <param name="told">Is told of each span: from, until, and whether it was up.</param>
internal sealed class Availability(TimeProvider clock, Action<long, long, bool> told)
{
    /// <summary>For so long, nobody having asked says nothing: a probe is due each second.</summary>
    private static readonly TimeSpan Gap = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private volatile State _state;
    private long _lastCall;
    private long _lastProbe;
    private long _lastTook;
    private long _accounted;
    private long _suspected;
    private long _suspectedLast;

    private enum State
    {
        Unknown,
        Up,
        Down,
    }

    /// <summary>Whether it is up; null where nobody has asked yet.</summary>
    public bool? IsUp => _state switch { State.Up => true, State.Down => false, _ => null };

    /// <summary>When it last answered, a timestamp; 0 for never.</summary>
    public long LastAnswer => Math.Max(Volatile.Read(ref _lastCall), Volatile.Read(ref _lastProbe));

    /// <summary>When it last answered a call of the application's, a timestamp; 0 for never.</summary>
    public long LastCall => Volatile.Read(ref _lastCall);

    /// <summary>How long the last answer took, in timestamps.</summary>
    public long LastTook => Volatile.Read(ref _lastTook);

    /// <summary>Whether nobody needs the database just now: it is not known to be away, and the application has not called it for so long. A Neon of which that is so may be asleep.</summary>
    /// <param name="after">For how long; infinite for a database that never sleeps.</param>
    public bool IsQuiet(TimeSpan after)
        => IsUp != false && after != Timeout.InfiniteTimeSpan && (LastCall == 0 || clock.GetElapsedTime(LastCall) > after);

    /// <summary>A call was answered, if with an error. Cheap while the database is up.</summary>
    public void Answered(long began, long ended, bool isProbe = false)
    {
        ref var last = ref isProbe ? ref _lastProbe : ref _lastCall;
        Volatile.Write(ref _lastTook, ended - began);
        if (_state == State.Up)
        {
            Volatile.Write(ref last, ended);
            return;
        }

        lock (_lock)
        {
            if (_state == State.Down)
            {
                Tell(ended, isUp: false);
            }
            else if (_state == State.Unknown)
            {
                _accounted = began;
            }

            Volatile.Write(ref last, ended);
            _state = State.Up;
        }
    }

    /// <summary>
    /// An attempt of a call broke. It may have been the connection's end alone; if no call is answered any more, this is when the outage began, and not when the first call gave up: calls that try again for seconds would all
    /// be told of only then.
    /// </summary>
    public void Suspect(long at)
    {
        if (_state != State.Up)
        {
            return;
        }

        lock (_lock)
        {
            NoteSuspicion(at);
        }
    }

    /// <summary>A call did not reach the database, or was broken off by it.</summary>
    public void Missed(long began, long ended)
    {
        lock (_lock)
        {
            if (_state == State.Up && began < LastAnswer)
            {
                // Others were answered since it began: it broke just now, or is the late end of an outage that is over. The next call tells; if it fails, this is when it began.
                NoteSuspicion(ended);
                return;
            }

            if (_state == State.Up)
            {
                var lost = _suspected >= LastAnswer && clock.GetElapsedTime(_suspectedLast, ended) <= Gap ? Math.Min(_suspected, began) : began;
                TellUp(lost);
                _accounted = Math.Max(_accounted, lost);
            }
            else if (_state == State.Unknown)
            {
                _accounted = began;
            }

            _state = State.Down;
            Tell(ended, isUp: false);
        }
    }

    /// <summary>Tells what is known until now.</summary>
    public void Account()
    {
        lock (_lock)
        {
            if (_state == State.Down)
            {
                Tell(clock.GetTimestamp(), isUp: false);
            }
            else if (_state == State.Up)
            {
                TellUp(LastAnswer);
            }
        }
    }

    // One that nothing has followed for so long is none: the call that met it may have tried again and succeeded, and nobody has asked since.
    private void NoteSuspicion(long at)
        => (_suspected, _suspectedLast) = (_suspected >= LastAnswer && clock.GetElapsedTime(_suspectedLast, at) <= Gap ? _suspected : at, at);

    private void TellUp(long until)
    {
        if (clock.GetElapsedTime(_accounted, until) <= Gap)
        {
            Tell(until, isUp: true);
        }
        else
        {
            _accounted = until;
        }
    }

    private void Tell(long until, bool isUp)
    {
        if (until > _accounted)
        {
            told(_accounted, until, isUp);
            _accounted = until;
        }
    }
}
