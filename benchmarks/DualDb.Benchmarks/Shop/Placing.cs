using DualDb.Benchmarks.Setup;
using DualDb.Consistency.Sagas;

namespace DualDb.Benchmarks.Shop;

/// <summary>What is placed.</summary>
/// <param name="Number">Which one.</param>
public sealed record Placing(int Number);

/// <summary>Three rows, each in a transaction of its own: two in Neon, one in Supabase.</summary>
[Saga("placing")]
public sealed partial class PlacingSaga(ShopDb db)
{
    private static readonly Activity[] Rows = Setup.Rows.NewActivities(200);

    /// <summary>The same by hand.</summary>
    public static async Task RunBareAsync(ShopDb db, int number)
    {
        await using (var first = await db.BeginNeonAsync())
        {
            await db.Activities.InsertAsync(RowOf(number), first);
            await first.CommitAsync();
        }

        await using (var second = await db.BeginSupabaseAsync())
        {
            await db.Effects.InsertAsync(EffectOf(number), second);
            await second.CommitAsync();
        }

        await using var third = await db.BeginNeonAsync();
        await db.Activities.InsertAsync(RowOf(number), third);
        await third.CommitAsync();
    }

    [Step(1)]
    private Task<Activity> Begin(Placing input, NeonTransaction tx, CancellationToken ct) => db.Activities.InsertAsync(RowOf(input.Number), tx, ct);

    [Compensates(nameof(Begin))]
    private async Task UndoBegin(Activity row, NeonTransaction tx, CancellationToken ct) => await db.Activities.DeleteAsync(row.Id, tx, ct);

    [Step(2)]
    private Task<Effect> Affect(Placing input, SupabaseTransaction tx, CancellationToken ct) => db.Effects.InsertAsync(EffectOf(input.Number), tx, ct);

    [Compensates(nameof(Affect))]
    private async Task UndoAffect(Effect effect, SupabaseTransaction tx, CancellationToken ct) => await db.Effects.DeleteAsync(effect.Id, tx, ct);

    [Step(3)]
    private Task End(Placing input, NeonTransaction tx, CancellationToken ct) => db.Activities.InsertAsync(RowOf(input.Number), tx, ct);

    private static Activity RowOf(int number) => Rows[number % Rows.Length];

    private static Effect EffectOf(int number) => new() { UserId = RowOf(number).UserId, Number = number };
}
