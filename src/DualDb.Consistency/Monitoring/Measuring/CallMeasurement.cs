using DualDb.Connections;
using DualDb.Consistency.Monitoring.Rollups;
using DualDb.Consistency.Monitoring.Statements;
using DualDb.Diagnostics.Calls;

namespace DualDb.Consistency.Monitoring.Measuring;

/// <summary>Measures each call to a root's databases.</summary>
internal sealed class CallMeasurement : ICallObserver
{
    /// <summary>Seconds: a Neon that is awake answers sooner, and takes some hundred milliseconds to wake up.</summary>
    private const double ColdStart = 0.5;

    /// <summary>Neon suspends a database a minute after its last statement at the soonest.</summary>
    private static readonly TimeSpan ShortestSuspension = TimeSpan.FromMinutes(1);

    private readonly TimeProvider _clock;
    private readonly OwnFigures _figures;
    private readonly string _application;
    private readonly BothUp _both;

    public CallMeasurement(string application, TimeProvider clock, OwnFigures figures, int repeatedReads)
    {
        _application = application;
        _clock = clock;
        _figures = figures;
        _both = new BothUp(clock);
        Neon = new Availability(clock, (from, until, isUp) => Count(Database.Neon, from, until, isUp));
        Supabase = new Availability(clock, (from, until, isUp) => Count(Database.Supabase, from, until, isUp));
        Statements = new SlowStatements(clock);
        Loops = new LoopDetection(repeatedReads, clock);
    }

    public Availability Neon { get; }

    public Availability Supabase { get; }

    public SlowStatements Statements { get; }

    public LoopDetection Loops { get; }

    public Availability Of(Database database) => database == Database.Neon ? Neon : Supabase;

    public void Succeeded(Database database, in CallName call, long began, long ended)
    {
        var seconds = _clock.GetElapsedTime(began, ended).TotalSeconds;
        _figures.Open.QueriesOf(database).Add(seconds);
        CountColdStart(database, began, ended, seconds);
        Of(database).Answered(began, ended);
        Statements.Add(database, in call, seconds);
        Loops.Add(in call);
    }

    public void Failed(Database database, Exception failure, long began, long ended)
    {
        _figures.Open.AddSum(FigureNames.Failed + FigureNames.Of(database), 1);
        if (IsAway(failure))
        {
            Of(database).Missed(began, ended);
        }
        else if (IsAnswer(failure))
        {
            Of(database).Answered(began, ended);
        }
    }

    public void Broke(Database database, long at) => Of(database).Suspect(at);

    public void ViewRead(string view, long began, long ended) => _figures.Open.AddDuration(FigureNames.View + view, _clock.GetElapsedTime(began, ended).TotalSeconds);

    // Only a slow call is looked at further.
    private void CountColdStart(Database database, long began, long ended, double seconds)
    {
        if (seconds > ColdStart && database == Database.Neon && Neon.LastAnswer is not 0 and var last && last <= began && _clock.GetElapsedTime(last, began) > ShortestSuspension)
        {
            MonitoringMeter.ColdStarted(_application, database);
        }
    }

    /// <summary>Whether a database was not there. A pool without a free connection is this node's trouble.</summary>
    public static bool IsAway(Exception failure)
        => failure is DatabaseUnavailableException or CommitOutcomeUnknownException && (failure.InnerException is null || !TransientErrors.IsPoolExhausted(failure.InnerException));

    /// <summary>Whether a database was there, and answered with an error.</summary>
    public static bool IsAnswer(Exception failure) => failure is DatabaseErrorException { SqlState: not null } or ConstraintViolationException;

    private void Count(Database database, long from, long until, bool isUp)
    {
        var figures = _figures.Open;
        figures.AddSum((isUp ? FigureNames.Up : FigureNames.Down) + FigureNames.Of(database), _clock.GetElapsedTime(from, until).TotalSeconds);
        var (up, down) = _both.Take(from, until, isUp);
        figures.AddSum(FigureNames.Up + FigureNames.Both, up);
        figures.AddSum(FigureNames.Down + FigureNames.Both, down);
    }
}
