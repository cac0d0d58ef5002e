using DualDb.Consistency.Monitoring.Measuring;

namespace DualDb.Consistency.Monitoring.Running;

/// <summary>Asks a database whether it is there, unless it has just answered, or should be left alone.</summary>
/// <param name="database">The database.</param>
/// <param name="availability">Learns what came of it.</param>
/// <param name="options">How often, and how long.</param>
internal sealed class DatabaseProbe(PostgresDatabase database, Availability availability, MonitoringOptions options)
{
    public async Task RunAsync(CancellationToken stopping)
    {
        var clock = database.Clock;
        using var timer = new PeriodicTimer(options.ProbeEvery, clock);
        do
        {
            if (IsDue())
            {
                await ProbeAsync(stopping).ConfigureAwait(false);
            }

            availability.Account();
        }
        while (await timer.WaitForNextTickAsync(stopping).ConfigureAwait(false));
    }

    // A Neon that is away is asked until it is back: that is no sleep. One that was never asked for anything may be asleep.
    private bool IsDue()
    {
        var clock = database.Clock;
        var isFresh = availability.LastAnswer is not 0 and var last && clock.GetElapsedTime(last) < options.ProbeEvery;
        return (availability.IsUp != true || !isFresh) && !(database.Kind == Database.Neon && availability.IsQuiet(options.ProbeNeonFor));
    }

    private async Task ProbeAsync(CancellationToken stopping)
    {
        var began = database.Clock.GetTimestamp();
        using var deadline = new CancellationTokenSource(options.ProbeTimeout, database.Clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stopping);
        try
        {
            // Beside the pool where it is full: that calls wait for each other is no outage of the database.
            await database.ProbeAsync(ending.Token).ConfigureAwait(false);
            availability.Answered(began, database.Clock.GetTimestamp(), isProbe: true);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            availability.Missed(began, database.Clock.GetTimestamp());
        }
        catch (DualDbException failure)
        {
            if (CallMeasurement.IsAway(failure))
            {
                availability.Missed(began, database.Clock.GetTimestamp());
            }
        }
    }
}
