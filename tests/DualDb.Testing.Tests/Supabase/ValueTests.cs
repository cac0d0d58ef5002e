using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DualDb.Testing.Tests.Supabase;

/// <summary>Values pass through the API as a hosted project's do.</summary>
public sealed class ValueTests(SharedSupabase supabase) : IClassFixture<SharedSupabase>
{
    private LocalSupabase Api => supabase.Api;

    [Fact]
    public async Task What_javascript_cannot_hold_comes_back_as_it_was()
    {
        const string Row =
            """{"id":1,"long":9223372036854775807,"exact":12345678901234567890.10,"bytes":"\\x00ff41","at":"2026-01-02T03:04:05.123456+00:00","real":"NaN","yes":true,"texts":["a\"b",null,"NULL",""],"doc":{"n":1.10,"big":12345678901234567890},"word":"1.0"}""";
        var written = await RestCall.PostAsync(Api.Url, "/rest/v1/kind", JsonNode.Parse(Row)!, Api.SecretKey);
        Assert.Equal(HttpStatusCode.Created, written.Status);
        Assert.True(JsonElement.DeepEquals(JsonDocument.Parse($"[{Row}]").RootElement, JsonDocument.Parse(written.Body).RootElement), written.Body);
        Assert.Contains("12345678901234567890.10", written.Body, StringComparison.Ordinal);
        Assert.Equal("9223372036854775807 00ff41", await Sql.ScalarAsync(Api.ConnectionString, "select long || ' ' || encode(bytes, 'hex') from kind where id = 1"));
        foreach (var filter in new[] { "long=eq.9223372036854775807", "exact=eq.12345678901234567890.10", "bytes=eq.%5Cx00ff41", "yes=eq.true", "real=eq.NaN", "id=neq.2&id=neq.3" })
        {
            Assert.Equal("""[{"id":1}]""", (await RestCall.GetAsync(Api.Url, $"/rest/v1/kind?select=id&id=lt.10&{filter}", Api.SecretKey)).Body);
        }
    }

    [Fact]
    public async Task Any_text_is_found_by_itself_alone()
    {
        string[] texts =
        [
            "1.0", "+5", " 5 ", "0x10", "true", "NULL", "not_null", "\"quoted\"", "\"", "{\"a\":1}", "{a,b}", "(a)", "a)b", "a,b", "a.b", "a\\b", "a\\\"b", "\\", "*", "%2C", "", " ", "\t", "a&b=c#d+e",
            "12345678901234567890", "-0", "a\nb", "🙂", "مرحبا",
        ];
        var rows = texts.Select((text, index) => new { id = 100 + index, word = text }).ToArray();
        Assert.Equal(HttpStatusCode.Created, (await RestCall.PostAsync(Api.Url, "/rest/v1/kind?columns=id,word&select=id", rows, Api.SecretKey)).Status);
        foreach (var row in rows)
        {
            var quoted = $"\"{row.word.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
            foreach (var filter in new[] { $"word=eq.{Uri.EscapeDataString(row.word)}", $"word=in.({Uri.EscapeDataString(quoted)})", $"and=(word.eq.{Uri.EscapeDataString(quoted)})" })
            {
                var found = await RestCall.GetAsync(Api.Url, $"/rest/v1/kind?select=id&id=gte.100&{filter}", Api.SecretKey);
                Assert.True(found.Body == string.Create(CultureInfo.InvariantCulture, $"[{{\"id\":{row.id}}}]"), $"{filter}: {found.Body}");
            }
        }
    }

    [Fact]
    public async Task Rows_without_members_hold_the_defaults_and_show_them()
    {
        Assert.Equal("""[{"id":1,"name":"new","n":7}]""", (await RestCall.PostAsync(Api.Url, "/rest/v1/preset", new { }, Api.SecretKey)).Body);
        Assert.Equal(
            """[{"id":2,"name":"new","n":7},{"id":3,"name":"new","n":7}]""",
            (await RestCall.PostAsync(Api.Url, "/rest/v1/preset?columns=id", new[] { new { }, new { } }, Api.SecretKey, prefer: "missing=default")).Body);
        Assert.Equal(
            """[{"id":50,"name":"new","n":null},{"id":4,"name":"given","n":7}]""",
            (await RestCall.PostAsync(
                Api.Url, "/rest/v1/preset?columns=id,name,n", JsonNode.Parse("""[{"id":50,"n":null},{"name":"given"}]""")!, Api.SecretKey, prefer: "missing=default")).Body);
    }

    [Theory]
    [InlineData("quo\"te")]
    [InlineData("back\\slash")]
    [InlineData("com,ma")]
    [InlineData("par(en)")]
    [InlineData("col:on")]
    [InlineData("br{ace}")]
    [InlineData("blank space")]
    public async Task Names_in_quotes_may_hold_what_ends_others(string name)
    {
        var quoted = Uri.EscapeDataString($"\"{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"");
        var row = new JsonObject { [name] = "v" };
        var expected = new JsonArray(row.DeepClone()).ToJsonString();
        foreach (var answer in new[]
        {
            await RestCall.PostAsync(Api.Url, $"/rest/v1/odd?columns={quoted}&select={quoted}", row, Api.SecretKey),
            await RestCall.GetAsync(Api.Url, $"/rest/v1/odd?select={quoted}&{quoted}=eq.v", Api.SecretKey),
            await RestCall.GetAsync(Api.Url, $"/rest/v1/odd?select={quoted}&and=({quoted}.eq.%22v%22)&order={quoted}.desc,id.asc", Api.SecretKey),
        })
        {
            Assert.Equal(expected, JsonNode.Parse(answer.Body)!.ToJsonString());
        }
    }

    [Fact]
    public async Task A_broken_check_constraint_is_the_requests_fault()
    {
        var refused = await RestCall.PostAsync(Api.Url, "/rest/v1/kind", new { id = 50, word = new string('x', 200) }, Api.SecretKey);
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("23514", refused.Body, StringComparison.Ordinal);
        Assert.Contains("word_is_short", refused.Body, StringComparison.Ordinal);
    }
}
