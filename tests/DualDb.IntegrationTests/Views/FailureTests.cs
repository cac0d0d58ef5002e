using System.Diagnostics;
using System.Net.Sockets;
using DualDb.IntegrationTests.Repositories;
using DualDb.IntegrationTests.Repositories.Cancellation;
using DualDb.IntegrationTests.Repositories.Places;
using DualDb.IntegrationTests.Views.Models;
using DualDb.Testing;

namespace DualDb.IntegrationTests.Views;

/// <summary>One database is down, slow or given up on while both are asked.</summary>
public sealed class FailureTests(ShapeServers servers, Market market) : IClassFixture<Market>
{
    private const string Password = "not-for-anybodys-eyes";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_database_that_is_down_fails_the_call_by_the_members_name()
    {
        await using var db = WithoutNeon();

        var one = await Assert.ThrowsAsync<ViewMemberFailedException>(async () => await db.PurchaseHistories.GetAsync(Market.Shopper(1)));
        var many = await Assert.ThrowsAsync<ViewMemberFailedException>(() => db.PurchaseHistories.ListAsync([Market.Shopper(1), Market.Shopper(2)]));
        var root = await Assert.ThrowsAsync<ViewMemberFailedException>(async () => await db.PurchaseDetails.FindAsync(31));

        Assert.All([one, many], static failure => Assert.Equal(("PurchaseHistory", "Purchases", Database.Neon), (failure.View, failure.Member, failure.Database!.Value)));
        Assert.Equal(("PurchaseDetails", "Purchase, Receipt, Lines"), (root.View, root.Member));
        Assert.All([one, many, root], static failure =>
        {
            Assert.IsType<DatabaseUnavailableException>(failure.InnerException);
            Assert.Contains(" could not be read from Neon: ", failure.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(Password, failure.ToString(), StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task A_member_that_may_fail_is_left_empty_and_the_view_says_so()
    {
        await using var db = WithoutNeon();

        var one = await db.Tolerants.GetAsync(Market.Shopper(2));
        var many = await db.Tolerants.ListAsync([Market.Shopper(2), Market.Shopper(3)]);
        var whole = await market.Db.Tolerants.GetAsync(Market.Shopper(2));

        Assert.Equal("Shopper 2", one.Buyer.Name);
        Assert.NotNull(one.Settings);
        Assert.Equal(2, many.Count);
        Assert.All([one, .. many], static view =>
        {
            Assert.Empty(view.Purchases);
            Assert.True(view.IsPartial);
            var failure = Assert.Single(view.Failures);
            Assert.Equal(("Purchases", Database.Neon), (failure.Member, failure.Database));
            Assert.Contains("Neon", failure.Reason, StringComparison.Ordinal);
            Assert.DoesNotContain(Password, failure.Reason, StringComparison.Ordinal);
        });
        Assert.False(whole.IsPartial);
        Assert.Empty(whole.Failures);
        Assert.Equal(one with { Purchases = whole.Purchases }, whole);
    }

    [Fact]
    public async Task A_member_within_a_list_that_may_fail_empties_the_list()
    {
        await using var db = WithoutSupabase();

        var view = await db.TolerantPurchases.GetAsync(31);

        Assert.Equal(31, view.Purchase.Id);
        Assert.Null(view.Courier);
        Assert.Empty(view.Lines);
        Assert.Equal(["Courier", "Lines.Reviews"], view.Failures.Select(static failure => failure.Member));
    }

    [Fact]
    public async Task The_root_is_never_done_without()
    {
        await using var db = WithoutSupabase();

        var failure = await Assert.ThrowsAsync<ViewMemberFailedException>(async () => await db.Tolerants.GetAsync(Market.Shopper(1)));

        Assert.Equal(("Buyer, Settings", Database.Supabase), (failure.Member, failure.Database!.Value));
    }

    [Fact]
    public async Task A_table_that_is_not_there_is_no_failure_to_do_without()
    {
        await using var place = await servers.CreateAsync("views_without_tables", static (neon, supabase) => (neon, supabase));
        await place.ExecuteAsync(Database.Neon, "drop table public.purchase_lines, public.receipts, public.purchases");
        await place.Db.Shoppers.InsertAsync(new Shopper(Market.Shopper(1), "Shopper 1", "Porto"));

        var failure = await Assert.ThrowsAsync<ViewMemberFailedException>(async () => await place.Db.Tolerants.GetAsync(Market.Shopper(1)));

        Assert.Equal(("Purchases", "Purchase"), (failure.Member, failure.Entity));
        Assert.IsType<SchemaMismatchException>(failure.InnerException);
    }

    [Fact]
    public async Task A_statement_that_fails_in_a_batch_is_told_by_its_member()
    {
        await using var place = await servers.CreateAsync("views_without_settings", static (neon, supabase) => (neon, supabase));
        await place.ExecuteAsync(Database.Supabase, "drop table public.shopper_settings");

        var failure = await Assert.ThrowsAsync<ViewMemberFailedException>(async () => await place.Db.PurchaseHistories.GetAsync(Market.Shopper(1)));

        Assert.Equal(("Settings", Database.Supabase, "ShopperSettings"), (failure.Member, failure.Database!.Value, failure.Entity));
    }

    [Fact]
    public async Task A_row_that_does_not_fit_is_told_by_its_member()
    {
        await using var place = await servers.CreateAsync("views_with_bad_rows", static (neon, supabase) => (neon, supabase));
        await place.Db.Shoppers.InsertAsync(new Shopper(Market.Shopper(1), "Shopper 1", "Porto"));
        await place.Db.Purchases.InsertAsync(new Purchase(11, Market.Shopper(1), DateTime.UnixEpoch, 1));
        await place.ExecuteAsync(Database.Neon, "alter table public.purchases alter column total drop not null; update public.purchases set total = null");

        var failure = await Assert.ThrowsAsync<ViewMemberFailedException>(async () => await place.Db.PurchaseHistories.GetAsync(Market.Shopper(1)));

        Assert.Equal("Purchases", failure.Member);
        Assert.Equal("total", Assert.IsType<RowMappingException>(failure.InnerException).Column);
        await AssertPoolsAreCleanAsync(place);
    }

    [Fact]
    public async Task A_failing_side_cancels_the_other_and_waits_for_it()
    {
        await using var place = await servers.CreateAsync("views_failing", static (neon, supabase) => (neon, supabase));
        await place.ExecuteAsync(Database.Supabase, "drop table public.shopper_settings");
        await using var held = await HoldAsync(place);

        var watch = Stopwatch.StartNew();
        var failure = await Assert.ThrowsAsync<ViewMemberFailedException>(async () => await place.Db.PurchaseHistories.GetAsync(Market.Shopper(1)));

        // The other side waits for a lock that nobody gives up.
        Assert.Equal("Settings", failure.Member);
        Assert.True(watch.Elapsed < Patience);
        await held.DisposeAsync();
        await AssertPoolsAreCleanAsync(place);
    }

    [Fact]
    public async Task Cancelling_cancels_both_sides_and_leaks_no_connection()
    {
        await using var place = await servers.CreateAsync("views_cancelled", static (neon, supabase) => (neon, supabase));
        await using var neon = await HoldAsync(place);
        await using var supabase = await place.Db.BeginSupabaseAsync();
        await supabase.ExecuteAsync($"lock table public.shoppers in access exclusive mode");

        for (var round = 0; round < 3; round++)
        {
            using var cancellation = new CancellationTokenSource();
            var call = place.Db.PurchaseHistories.GetAsync(Market.Shopper(1), cancellation.Token).AsTask();
            await WaitForLocksAsync(place);
            await cancellation.CancelAsync();
            var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
            Assert.Equal(cancellation.Token, exception.CancellationToken);
        }

        await neon.DisposeAsync();
        await supabase.DisposeAsync();
        await AssertPoolsAreCleanAsync(place);
        Assert.Null(await place.Db.PurchaseHistories.FindAsync(Market.Shopper(1)));
    }

    [Fact]
    public async Task A_connection_that_broke_in_the_pool_is_replaced()
    {
        await using var place = await servers.CreateAsync("views_broken", static (neon, supabase) => (neon, supabase));
        await place.Db.Shoppers.InsertAsync(new Shopper(Market.Shopper(1), "Shopper 1", "Porto"));
        foreach (var database in new[] { Database.Neon, Database.Supabase })
        {
            await place.Db.PurchaseHistories.GetAsync(Market.Shopper(1));
            await place.ExecuteAsync(database, "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name <> 'around'");
        }

        Assert.Equal("Shopper 1", (await place.Db.PurchaseHistories.GetAsync(Market.Shopper(1))).Buyer.Name);
    }

    // Purchases are locked until the transaction ends.
    private static async Task<NeonTransaction> HoldAsync(Place place)
    {
        var transaction = await place.Db.BeginNeonAsync();
        await transaction.ExecuteAsync($"lock table public.purchases in access exclusive mode");
        return transaction;
    }

    private static async Task WaitForLocksAsync(Place place)
    {
        foreach (var database in new[] { Database.Neon, Database.Supabase })
        {
            await Eventually.HoldsAsync(
                async () => await place.ScalarAsync(
                    database,
                    "select count(*) from pg_stat_activity where datname = current_database() and application_name <> 'around' and wait_event_type = 'Lock'") is 1L,
                Patience,
                $"{database} was not asked");
        }
    }

    // As many connections at once as the pool has: a leaked one would be missed.
    internal static async Task AssertPoolsAreCleanAsync(Place place)
    {
        foreach (PostgresDatabase database in new PostgresDatabase[] { place.Db.Neon, place.Db.Supabase })
        {
            var source = await database.GetDataSourceAsync(TestContext.Current.CancellationToken);
            Assert.Empty(await Repositories.Load.SessionState.LeftInAsync(source, Place.MaxPoolSize, mayPrepare: true));
            await Eventually.HoldsAsync(
                async () => await place.ScalarAsync(
                    database.Kind,
                    "select count(*) from pg_stat_activity where datname = current_database() and application_name <> 'around' and (state <> 'idle' or xact_start is not null)") is 0L,
                Patience,
                $"a statement is still open in {database.Kind}");
        }
    }

    private ShapesDb WithoutNeon() => Create(Nowhere(), market.Address(Database.Supabase));

    private ShapesDb WithoutSupabase() => Create(market.Address(Database.Neon), Nowhere());

    private static ShapesDb Create(string neon, string supabase) => ShapesDb.Create(options =>
    {
        options.Neon.ConnectionString = neon;
        options.Supabase.ConnectionString = supabase;
        options.Neon.MaxRetries = options.Supabase.MaxRetries = 1;
    });

    // A port that nobody listens at.
    private static string Nowhere()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var port = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        return $"Host=127.0.0.1;Port={port};Username=app;Password={Password};Database=nowhere;Timeout=5";
    }
}
