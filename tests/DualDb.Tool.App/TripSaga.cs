using DualDb.Consistency.Sagas;

namespace DualDb.Tool.App;

/// <summary>What a trip is started with.</summary>
internal sealed partial record Trip(bool IsImpossible, [property: Sensitive] string Phone = "");

/// <summary>A trip; an impossible one goes back, and is stuck on its way.</summary>
[Saga("trip")]
internal sealed partial class TripSaga(AppDb db)
{
    [Step(1)]
    private async Task<Member> Book(Trip input, NeonTransaction tx, CancellationToken ct) => await db.Members.GetAsync(1, tx, ct);

    [Compensates(nameof(Book)), Retry(1)]
    private Task Cancel(Member booked, NeonTransaction tx, CancellationToken ct) => throw new InvalidOperationException($"nobody answers {booked.Name}");

    [Step(2)]
    private Task Check(Trip input, SupabaseTransaction tx, CancellationToken ct) => input.IsImpossible ? throw new SagaAbortException("There is no such place.") : Task.CompletedTask;
}
