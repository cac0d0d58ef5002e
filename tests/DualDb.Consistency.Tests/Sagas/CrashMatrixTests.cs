using DualDb.Consistency.Sagas;
using DualDb.Consistency.Sagas.Running;

namespace DualDb.Consistency.Tests.Sagas;

/// <summary>
/// A process that dies at each place of a run, one after the other: before and after each step, each commit, each compensation, and around each change of the journal. Another one goes on.
/// </summary>
public class CrashMatrixTests(SagaPlace place) : IClassFixture<SagaPlace>
{
    private static readonly string[] All = ["Charge", "Hold", "Place", "Record", "Ship"];

    private SagaRoot _root = place.Root;

    public static TheoryData<string, bool, bool> Scenarios => new()
    {
        { "", false, false },
        { "", true, false },
        { "", false, true },
        { "Ship", false, false },
        { "Ship", true, false },
        { "Ship", false, true },
        { "Record", false, false },
    };

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task A_crash_anywhere_leaves_all_or_nothing(string failAt, bool parallel, bool pooled)
    {
        _root = pooled ? place.Pooled : place.Root;
        var points = await CountAsync($"count-{failAt}-{parallel}-{pooled}", failAt, parallel);
        Assert.InRange(points, 15, 60);
        for (var point = 0; point < points; point++)
        {
            var id = $"crash-{failAt}-{parallel}-{pooled}-{point}";
            await RunAndCrashAsync(id, failAt, parallel, point);
            await RecoverAsync(id, failAt, parallel);
            await RequireEndAsync(id, failAt);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("Ship")]
    public async Task A_second_crash_during_the_recovery_changes_nothing(string failAt)
    {
        var points = await CountAsync($"count-twice-{failAt}", failAt, parallel: false);
        for (var point = 0; point < points; point += 2)
        {
            for (var second = point % 4 / 2; second < points - point; second += 3)
            {
                var id = $"twice-{failAt}-{point}-{second}";
                await RunAndCrashAsync(id, failAt, parallel: false, point);
                await RecoverAsync(id, failAt, parallel: false, crashAt: second);
                await RecoverAsync(id, failAt, parallel: false);
                await RequireEndAsync(id, failAt);
            }
        }
    }

    /// <summary>How many places a run has at which it can die.</summary>
    private async Task<int> CountAsync(string id, string failAt, bool parallel)
    {
        var count = 0;
        var node = place.Node(options => options.Probe = _ => Interlocked.Increment(ref count), root: _root, OrderSaga.Define(parallel: parallel));
        await node.Order.StartAsync(id, new Cart("Lamp", failAt), SagaPlace.Token);
        await node.Engine.IdleAsync();
        await RequireEndAsync(id, failAt);
        return count;
    }

    private async Task RunAndCrashAsync(string id, string failAt, bool parallel, int point)
    {
        var node = place.Node(options => options.Probe = DieAt(point), root: _root, OrderSaga.Define(parallel: parallel));
        await node.Order.StartAsync(id, new Cart("Lamp", failAt), SagaPlace.Token);
        await node.Engine.IdleAsync();
    }

    private async Task RecoverAsync(string id, string failAt, bool parallel, int crashAt = int.MaxValue)
    {
        var node = place.Node(options => options.Probe = DieAt(crashAt), root: _root, OrderSaga.Define(parallel: parallel));
        await place.ExpireAsync(id);
        await node.SweepAsync();
    }

    private async Task RequireEndAsync(string id, string failAt)
    {
        Assert.Equal((id, failAt.Length == 0 ? "completed" : "compensated"), (id, await place.StateAsync(id)));
        Assert.Equal(failAt.Length == 0 ? All : [], await place.EffectsAsync(id));
    }

    /// <summary>From the point on nothing happens any more: the process is dead.</summary>
    private static Action<RunPoint> DieAt(int point)
    {
        var passed = -1;
        return _ =>
        {
            if (Interlocked.Increment(ref passed) >= point)
            {
                throw new InstanceLostException();
            }
        };
    }
}

/// <summary>The same where the last step is committed in the home database, and with it the end.</summary>
public class HomeCrashMatrixTests(SupabaseHomePlace place) : CrashMatrixTests(place), IClassFixture<SupabaseHomePlace>;
