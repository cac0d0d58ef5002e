using System.Net;

namespace DualDb.Testing.Tests.Supabase;

/// <summary>One API over a server of its own: it starts, follows the schema, stops and goes on.</summary>
public sealed class LocalSupabaseTests
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
}
