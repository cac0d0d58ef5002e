using DualDb.Consistency.Sagas;

namespace DualDb.Consistency.Worker;

/// <summary>What a trip is started with. Some trips cannot be made, which shows only at the end.</summary>
internal sealed record Trip(string Name, bool IsImpossible);

/// <summary>One row per effect in Neon: no key but its own, so that one that happens twice is seen twice.</summary>
[Neon("trip_bookings")]
internal sealed partial record TripBooking
{
    [Key(Generated = true)] public long Id { get; init; }
    public required string Trip { get; init; }
}

/// <summary>The same in Supabase.</summary>
[Supabase("trip_notes")]
internal sealed partial record TripNote
{
    [Key(Generated = true)] public long Id { get; init; }
    public required string Trip { get; init; }
    public required string Text { get; init; }
}

/// <summary>What a service elsewhere has charged: it drops repetitions by their key.</summary>
[Neon("trip_fares")]
internal sealed partial record TripFare
{
    [Key] public required string IdempotencyKey { get; init; }
    public required string Trip { get; init; }
}

/// <summary>A trip: steps in both databases and outside of them.</summary>
[Saga("trip")]
internal sealed partial class TripSaga(WorkerDb db)
{
    [Step(1), Timeout(4)]
    private Task<TripBooking> Book(Trip input, NeonTransaction tx, CancellationToken ct) => db.TripBookings.InsertAsync(new TripBooking { Trip = input.Name }, tx, ct);

    [Compensates(nameof(Book)), Timeout(4)]
    private async Task Cancel(TripBooking booking, NeonTransaction tx, CancellationToken ct) => await db.TripBookings.DeleteAsync(booking.Id, tx, ct);

    [Step(2), Timeout(4)]
    private Task<TripNote> Note(Trip input, SupabaseTransaction tx, CancellationToken ct) => db.TripNotes.InsertAsync(new TripNote { Trip = input.Name, Text = "noted" }, tx, ct);

    [Compensates(nameof(Note)), Timeout(4)]
    private async Task Erase(TripNote note, SupabaseTransaction tx, CancellationToken ct) => await db.TripNotes.DeleteAsync(note.Id, tx, ct);

    [Step(2), Timeout(4)]
    private Task Charge(Trip input, SagaContext context, CancellationToken ct)
        => db.Neon.ExecuteAsync($"insert into trip_fares (idempotency_key, trip) values ({context.IdempotencyKey}, {input.Name}) on conflict do nothing", ct);

    [Compensates(nameof(Charge)), Timeout(4)]
    private Task Refund(Trip input, CancellationToken ct) => db.Neon.ExecuteAsync($"delete from trip_fares where trip = {input.Name}", ct);

    [Step(3), Timeout(4)]
    private async Task Seal(Trip input, SupabaseTransaction tx, CancellationToken ct)
    {
        await db.TripNotes.InsertAsync(new TripNote { Trip = input.Name, Text = "sealed" }, tx, ct);
        if (input.IsImpossible)
        {
            throw new SagaAbortException("There is no such place.");
        }
    }
}
