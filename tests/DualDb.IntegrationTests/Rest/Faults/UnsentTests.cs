using DualDb.IntegrationTests.Repositories;

namespace DualDb.IntegrationTests.Rest.Faults;

/// <summary>Requests that never left the machine: nobody need wonder what became of them.</summary>
public sealed class UnsentTests
{
    private static readonly RestEntry Entry = new("a", "n", 1, Weather.Calm, 2);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, 30)]
    [InlineData(15, 1)]
    public async Task A_write_whose_connection_is_never_made_was_not_applied(int connectSeconds, int commandSeconds)
    {
        await using var server = ScriptedServer.Start(Reply.Silent);
        await using var db = FaultyPlace.Open(server, options =>
        {
            // What listens there speaks no TLS, so that the handshake hangs.
            options.Url = server.Url.Replace("http:", "https:", StringComparison.Ordinal);
            options.ConnectTimeout = TimeSpan.FromSeconds(connectSeconds);
            options.CommandTimeout = TimeSpan.FromSeconds(commandSeconds);
        });

        await FaultyPlace.FailureAsync<DatabaseUnavailableException>(() => db.RestEntries.InsertAsync(Entry, Token), "InsertAsync");
        await FaultyPlace.FailureAsync<DatabaseUnavailableException>(() => db.RestEntries.DeleteAsync("a", Token), "DeleteAsync");
    }

    [Fact]
    public async Task A_read_whose_connection_is_never_made_looks_for_no_lock()
    {
        await using var server = ScriptedServer.Start(Reply.Silent);
        await using var db = FaultyPlace.Open(server, options =>
        {
            options.Url = server.Url.Replace("http:", "https:", StringComparison.Ordinal);
            options.ConnectTimeout = TimeSpan.FromSeconds(1);
        });

        await FaultyPlace.FailureAsync<DatabaseUnavailableException>(() => db.RestEntries.FindAsync("a", Token).AsTask(), "FindAsync");
    }

    [Fact]
    public async Task A_write_that_a_handler_lets_fail_was_not_applied()
    {
        await using var server = ScriptedServer.Start(Reply.OneRow);
        using var http = new HttpClient(new Failing());
        await using var db = FaultyPlace.Open(server, options => options.CreateHttpClient = () => http);

        await FaultyPlace.FailureAsync<DatabaseUnavailableException>(() => db.RestEntries.InsertAsync(Entry, Token), "InsertAsync");
    }

    private sealed class Failing : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => throw new HttpRequestException("No way.");
    }
}
