using DualDb.Consistency.Sync.Decoding;
using DualDb.Consistency.Tests.Places;
using Npgsql;

namespace DualDb.Consistency.Tests.Sync.Decoding;

/// <summary>A key that is decoded belongs to the part that the log gives it when it is asked.</summary>
public sealed class KeyHashTests(ConsistencyServers places)
{
    [Fact]
    public async Task It_is_the_servers()
    {
        string[] texts = ["", .. Enumerable.Range(0, 40).Select(static length => "{\"id\": " + new string('7', length) + "}"), "{\"id\": \"ä€😀\"}", "{\"a\": 1, \"b\": \"x\"}"];
        await using var connection = new NpgsqlConnection(places.Servers.Neon.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand("select hashtextextended(text, 0), abs(hashtextextended(text, 0) % 7)::integer from unnest($1) with ordinality t (text, place) order by place", connection) { Parameters = { new() { Value = texts } } };
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        foreach (var text in texts)
        {
            Assert.True(await reader.ReadAsync(TestContext.Current.CancellationToken));
            Assert.Equal((reader.GetInt64(0), reader.GetInt32(1)), (KeyHash.Of(text), KeyHash.PartOf(text, 7)));
        }
    }
}
