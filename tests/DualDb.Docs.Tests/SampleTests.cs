using DualDb.Migrations;
using DualDb.Migrations.Model;
using DualDb.Testing;
using Npgsql;
using Storefront;

namespace DualDb.Docs.Tests;

/// <summary>The sample as a stranger runs it, but piped.</summary>
public sealed class SampleTests
{
    /// <summary>The width that the sample keeps to where there is no terminal to ask.</summary>
    private const int PipedWidth = 130;

    [Fact]
    public async Task It_runs_on_servers_of_its_own()
    {
        var run = await SampleRun.StartAsync();

        AssertToured(run);
        Assert.Contains("two local PostgreSQL", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_runs_again_on_databases_that_it_has_filled_and_leaves_the_rest_alone()
    {
        await using var servers = await LocalServers.StartAsync(TestContext.Current.CancellationToken);
        await using var neon = NpgsqlDataSource.Create(servers.Neon.ConnectionString);
        await ExecuteAsync(neon, "create table public.orders (id int); insert into public.orders values (7)");

        AssertToured(await SampleRun.StartAsync(servers.Neon.Uri, servers.Supabase.Uri));
        AssertToured(await SampleRun.StartAsync(servers.Neon.Uri, servers.Supabase.Uri));

        await using (var db = ShopDb.Create(options => (options.Neon.ConnectionString, options.Supabase.ConnectionString) = (servers.Neon.ConnectionString, servers.Supabase.ConnectionString)))
        {
            Assert.DoesNotContain((await db.DoctorAsync(cancellationToken: TestContext.Current.CancellationToken)).Differences, static difference => difference.Severity != DriftSeverity.Remark);
        }

        Assert.Equal(7, await ExecuteAsync(neon, "select sum(id)::int from public.orders"));
        Assert.True((long)(await ExecuteAsync(neon, "select count(*) from storefront.orders"))! >= 20_000);
    }

    [Fact]
    public async Task Its_migrations_lead_to_its_model_and_a_change_without_one_is_seen()
    {
        var folder = Directory.CreateTempSubdirectory("dualdb-sample-").FullName;
        var model = SchemaModel.Of<ShopDb>();
        foreach (var path in Directory.GetFiles(Path.Combine(Documents.Root, "samples", "Storefront", "migrations"), "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(Path.Combine(Documents.Root, "samples", "Storefront", "migrations"), path));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(path, copy);
        }

        var added = await MigrationScaffold.AddAsync("forgotten", model, folder, cancellationToken: TestContext.Current.CancellationToken);
        var changed = await MigrationScaffold.AddAsync("changed", model with { Tables = [.. model.Tables.Skip(1)] }, folder, cancellationToken: TestContext.Current.CancellationToken);

        Assert.True(added.IsEmpty, $"The model of the sample has changed. Run 'dualdb migrations add NAME --project samples/Storefront'.\n{added}");
        Assert.False(changed.IsEmpty);
        Assert.All(changed.Changes, static change => Assert.True(change.IsDestructive || change.Description.StartsWith("drops", StringComparison.Ordinal)));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task It_leaves_a_schema_of_somebody_else_alone()
    {
        await using var servers = await LocalServers.StartAsync(TestContext.Current.CancellationToken);
        await using var neon = NpgsqlDataSource.Create(servers.Neon.ConnectionString);
        await ExecuteAsync(neon, "create schema storefront; create table storefront.orders (id int)");

        var run = await SampleRun.StartAsync(servers.Neon.Uri, servers.Supabase.Uri);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("did not create", run.Errors, StringComparison.Ordinal);
        Assert.Equal(0L, await ExecuteAsync(neon, "select count(*) from storefront.orders"));
    }

    private static void AssertToured(SampleRun run)
    {
        Assert.True(run.ExitCode == 0, $"Exit code {run.ExitCode}: {run.Errors}\n{run.Output}");
        Assert.Empty(run.Errors);
        Assert.DoesNotContain('\e', run.Output);
        Assert.DoesNotContain(run.Output.Split('\n'), line => line.Length > PipedWidth);
        string[] sights =
        [
            "Neon orders: 20,000 rows", "Supabase profiles: 5,000 rows", "ConcurrencyConflictException", "cut, retried 1 time", "COPY", "unnest",
            "InvalidCursorException", "both databases are as the model says", "UserOrderHistories.ListAsync", "The view sends 2 statements where the loop sends 100",
        ];
        foreach (var sight in sights)
        {
            Assert.Contains(sight, run.Output, StringComparison.Ordinal);
        }
    }

    private static async Task<object?> ExecuteAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
