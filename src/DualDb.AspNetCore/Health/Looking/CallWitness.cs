using DualDb.Consistency.Monitoring.Measuring;
using DualDb.Diagnostics.Calls;

namespace DualDb.AspNetCore.Health.Looking;

/// <summary>What the application's own calls say of the databases, where nothing else measures them.</summary>
internal sealed class CallWitness(TimeProvider clock) : ICallObserver
{
    private readonly Availability _neon = new(clock, static (_, _, _) => { });
    private readonly Availability _supabase = new(clock, static (_, _, _) => { });

    public Availability Of(Database database) => database == Database.Neon ? _neon : _supabase;

    public void Succeeded(Database database, in CallName call, long began, long ended) => Of(database).Answered(began, ended);

    public void Failed(Database database, Exception failure, long began, long ended)
    {
        if (CallMeasurement.IsAway(failure))
        {
            Of(database).Missed(began, ended);
        }
        else if (CallMeasurement.IsAnswer(failure))
        {
            Of(database).Answered(began, ended);
        }
    }

    public void Broke(Database database, long at) => Of(database).Suspect(at);

    public void ViewRead(string view, long began, long ended)
    {
    }
}
