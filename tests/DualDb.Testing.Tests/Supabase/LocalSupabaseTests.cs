using System.Net;

namespace DualDb.Testing.Tests.Supabase;

/// <summary>It starts, follows the schema, stops and goes on.</summary>
public sealed class LocalSupabaseTests(SharedServers servers)
{
    [Fact]
    public async Task It_serves_tables_once_the_schema_is_reloaded()
    {
        await using var supabase = await LocalSupabase.StartAsync(Sql.Token);
        Assert.Equal($"http://127.0.0.1:{supabase.Port}", supabase.Url);
        await Sql.ScalarAsync(supabase.ConnectionString, "create table city (name text); insert into city values ('Oslo')");
        var unknown = await RestCall.GetAsync(supabase.Url, "/rest/v1/city", supabase.SecretKey);
        Assert.Equal(HttpStatusCode.NotFound, unknown.Status);
        Assert.Contains("PGRST205", unknown.Body, StringComparison.Ordinal);

        var (url, process) = (supabase.Url, supabase.ProcessId);
        await supabase.ReloadSchemaAsync(Sql.Token);
        Assert.Equal(url, supabase.Url);
        Assert.NotEqual(process, supabase.ProcessId);
        Assert.Equal((HttpStatusCode.OK, """[{"name":"Oslo"}]"""), await RestCall.GetAsync(supabase.Url, "/rest/v1/city", supabase.SecretKey));
    }

    [Fact]
    public async Task Stopped_it_refuses_until_it_starts_again_behind_a_proxy_as_well()
    {
        await using var supabase = await LocalSupabase.StartAsync(options => options.JwtSecret = "a secret with \"quotes\", \\ and ü", Sql.Token);
        await using var proxy = await LatencyProxy.StartAsync(supabase.Host, supabase.Port, cancellationToken: Sql.Token);
        var url = proxy.Rewrite(supabase.Url);
        var token = supabase.SignToken(Guid.NewGuid());
        Assert.Equal(HttpStatusCode.OK, (await RestCall.GetAsync(url, "/auth/v1/settings", supabase.PublishableKey)).Status);
        Assert.Contains("PGRST205", (await RestCall.GetAsync(url, "/rest/v1/none", supabase.PublishableKey, token)).Body, StringComparison.Ordinal);

        await supabase.StopAsync(Sql.Token);
        await supabase.StopAsync(Sql.Token);
        Assert.Null(supabase.ProcessId);
        await Assert.ThrowsAsync<HttpRequestException>(() => RestCall.GetAsync(supabase.Url, "/rest/v1/none", supabase.PublishableKey));
        Assert.Equal(1, await Sql.ScalarAsync(supabase.ConnectionString, "select 1"));

        await supabase.StartAgainAsync(Sql.Token);
        var process = supabase.ProcessId;
        await supabase.StartAgainAsync(Sql.Token);
        Assert.Equal(process, supabase.ProcessId);
        Assert.Contains("PGRST205", (await RestCall.GetAsync(supabase.Url, "/rest/v1/none", supabase.PublishableKey, token)).Body, StringComparison.Ordinal);
        await supabase.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => supabase.StartAgainAsync(Sql.Token));
    }

    [Fact]
    public async Task Two_over_one_server_are_two()
    {
        var both = await Task.WhenAll(StartAsync("first"), StartAsync("second"));
        await using var first = both[0];
        await using var second = both[1];
        Assert.NotEqual(first.SecretKey, second.SecretKey);
        Assert.Equal((HttpStatusCode.OK, """[{"name":"first"}]"""), await RestCall.GetAsync(first.Url, "/rest/v1/city?limit=9", first.SecretKey));
        Assert.Equal((HttpStatusCode.OK, """[{"name":"second"}]"""), await RestCall.GetAsync(second.Url, "/rest/v1/city?limit=9", second.SecretKey));
        Assert.Equal(HttpStatusCode.Unauthorized, (await RestCall.GetAsync(first.Url, "/rest/v1/city", second.SecretKey)).Status);

        async Task<LocalSupabase> StartAsync(string name)
        {
            var database = await servers.Supabase.CreateDatabaseAsync(name, Sql.Token);
            await Sql.ScalarAsync(database, $"create table city (name text); insert into city select '{name}' from generate_series(1, 3)");
            return await LocalSupabase.StartAsync(
                options =>
                {
                    options.ConnectionString = database;
                    options.MaxRows = 1;
                },
                Sql.Token);
        }
    }
}
