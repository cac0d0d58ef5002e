using DualDb.Migrations.Tests.Places;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DualDb.Migrations.Tests.Hosting;

public sealed class HostTests(MigrationServers servers)
{
    [Fact]
    public async Task Migrations_are_applied_before_services_start_also_those_that_were_registered_earlier()
    {
        await using var place = await PlaceAsync();
        using var host = Build(place);

        await host.StartAsync();

        Assert.Equal(1, Assert.Single(host.Services.GetServices<IHostedService>().OfType<Reader>()).Found);
        await host.StopAsync();
    }

    [Fact]
    public async Task Host_can_migrate_as_a_step_of_its_own()
    {
        await using var place = await PlaceAsync();
        using var host = Build(place, options => options.RunAtStartUp = false);
        await Assert.ThrowsAnyAsync<DualDbException>(() => host.StartAsync());

        await host.MigrateAsync();

        Assert.Equal(1, await place.AskNeonAsync<long>("select count(*) from orders"));
        Assert.True((await host.Services.GetRequiredService<MigrationRunner>().PlanAsync()).IsEmpty);
    }

    [Fact]
    public async Task Host_does_not_start_where_a_migration_fails()
    {
        await using var place = await PlaceAsync();
        place.Write("neon/20260101T1300_fails", "select nothing;");
        using var host = Build(place);

        await Assert.ThrowsAsync<MigrationFailedException>(() => host.StartAsync());
    }

    [Fact]
    public async Task Registering_twice_and_forgetting_to_register_are_told()
    {
        await using var place = await PlaceAsync();
        var services = new ServiceCollection().AddDualDbMigrations<TestDb>(DualDbMigrations.FromFolder(place.Folder));
        Assert.Throws<InvalidOperationException>(() => services.AddDualDbMigrations<TestDb>(DualDbMigrations.FromFolder(place.Folder)));
        using var host = new HostBuilder().Build();
        await Assert.ThrowsAsync<InvalidOperationException>(() => host.MigrateAsync());
    }

    private static IHost Build(MigrationPlace place, Action<MigrationOptions>? configure = null) => new HostBuilder()
        .ConfigureServices(services => services
            .AddHostedService<Reader>()
            .AddTestDb(options =>
            {
                options.Neon.ConnectionString = place.Neon;
                options.Supabase.ConnectionString = place.Supabase;
            })
            .AddSingleton<IDataMigration, Seed>()
            .AddDualDbMigrations<TestDb>(DualDbMigrations.FromFolder(place.Folder), configure))
        .Build();

    private async Task<MigrationPlace> PlaceAsync()
        => (await MigrationPlace.CreateAsync(servers)).Write("neon/20260101T1000_orders", "create table orders (id bigint primary key, buyer bigint not null, buyer_name text);");

    private sealed class Seed : IDataMigration
    {
        public string Id => "neon/20260101T1100_seed";

        public async Task<string?> RunBatchAsync(MigrationBatch batch, CancellationToken cancellationToken)
        {
            await ((TestDb)batch.Root).Orders.InsertAsync(new Order { Id = 1, Buyer = 2 }, batch.Neon, cancellationToken);
            return null;
        }
    }

    private sealed class Reader(TestDb db) : IHostedService
    {
        public long Found { get; private set; }

        public async Task StartAsync(CancellationToken cancellationToken) => Found = await db.Orders.Where(order => order.Id > 0).CountAsync(cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
