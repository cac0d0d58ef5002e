using DualDb.Consistency.Sagas;
using DualDb.Consistency.Sagas.Running;
using DualDb.Testing;
using Npgsql;

namespace DualDb.Consistency.Tests.Sagas;

/// <summary>Lines that break while a saga runs: at each place of a run, one after the other.</summary>
public class BrokenLineTests(SagaPlace place) : IClassFixture<SagaPlace>
{
    private static readonly string[] All = ["Charge", "Hold", "Place", "Record", "Ship"];

    [Theory]
    [InlineData("", Database.Neon)]
    [InlineData("", Database.Supabase)]
    [InlineData("Ship", Database.Neon)]
    [InlineData("Ship", Database.Supabase)]
    public async Task A_reply_that_is_lost_anywhere_changes_nothing(string failAt, Database database)
    {
        await using var neon = await LatencyProxy.StartAsync(place.Servers.Servers.Neon.Host, place.Servers.Servers.Neon.Port, cancellationToken: SagaPlace.Token);
        await using var supabase = await LatencyProxy.StartAsync(place.Servers.Servers.Supabase.Host, place.Servers.Servers.Supabase.Port, cancellationToken: SagaPlace.Token);
        var root = place.Open(neon.Rewrite, supabase.Rewrite);
        await ForEachPointAsync(root, failAt, $"lost-{database}", (database == Database.Neon ? neon : supabase).DropNextReply);
        Assert.InRange((database == Database.Neon ? neon : supabase).DroppedReplies, 5, 1000);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("Ship", false)]
    [InlineData("Ship", true)]
    public async Task The_end_of_all_connections_anywhere_changes_nothing(string failAt, bool pooled)
    {
        var root = pooled ? place.Pooled : place.Open();
        await ForEachPointAsync(root, failAt, $"ended-{pooled}", () =>
        {
            foreach (var address in new[] { place.Neon, place.Supabase })
            {
                using var killer = new NpgsqlConnection(address + ";Pooling=false");
                killer.Open();
                using var command = new NpgsqlCommand("select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and application_name <> 'observer'", killer);
                command.ExecuteNonQuery();
            }
        });
    }

    /// <summary>Runs the saga again and again, and has something happen at the next point each time.</summary>
    private async Task ForEachPointAsync(SagaRoot root, string failAt, string prefix, Action happen)
    {
        var total = int.MaxValue;
        for (var point = 0; point < total; point++)
        {
            var id = $"{prefix}-{failAt}-{point}";
            var passed = -1;
            var node = place.Node(
                options =>
                {
                    // An attempt of unknown outcome may be repeated, so that a run may have more points than another.
                    options.Probe = _ =>
                    {
                        if (Interlocked.Increment(ref passed) == point)
                        {
                            happen();
                        }
                    };
                },
                root,
                OrderSaga.Define());
            var exception = await Record.ExceptionAsync(() => node.Order.RunAsync(id, new Cart("Lamp", failAt), SagaPlace.Token));

            if (exception is DatabaseUnavailableException or CommitOutcomeUnknownException)
            {
                exception = await Record.ExceptionAsync(() => node.Order.RunAsync(id, new Cart("Lamp", failAt), SagaPlace.Token));
            }

            Assert.Equal(failAt.Length == 0 ? null : typeof(SagaFailedException), exception?.GetType());
            Assert.Equal(failAt.Length == 0 ? All : [], await place.EffectsAsync(id));
            total = Math.Min(total, passed + 1);
        }

        Assert.InRange(total, 15, 60);
    }
}
