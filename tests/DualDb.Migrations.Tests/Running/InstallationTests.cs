using System.Globalization;
using DualDb.Hosting;
using DualDb.Migrations.Tests.Places;
using DualDb.Testing;
using Npgsql;

namespace DualDb.Migrations.Tests.Running;

/// <summary>The tables of migrations are created beside those of the other libraries, in the same schema.</summary>
public sealed class InstallationTests(MigrationServers servers)
{
    [Fact]
    public async Task What_another_library_creates_at_the_same_time_is_waited_for()
    {
        await using var place = await MigrationPlace.CreateAsync(servers);
        place.Write("neon/20260101T1200_orders", "create table orders (id bigint);");
        await using var other = new NpgsqlConnection(place.Neon);
        await other.OpenAsync(TestContext.Current.CancellationToken);
        await using var transaction = await other.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (var command = new NpgsqlCommand(string.Create(CultureInfo.InvariantCulture, $"select pg_advisory_xact_lock({SchemaCreation.AdvisoryLock}); create schema dualdb"), other, transaction))
        {
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        var run = place.Runner().MigrateAsync(cancellationToken: TestContext.Current.CancellationToken);
        await Eventually.HoldsAsync(
            () => place.AskNeonAsync<bool>("select exists (select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and (query like '%pg_try_advisory_xact_lock%' or wait_event_type = 'Lock'))"),
            "the installation meets the other one");
        await transaction.CommitAsync(TestContext.Current.CancellationToken);

        Assert.Single((await run).Applied);
    }
}
