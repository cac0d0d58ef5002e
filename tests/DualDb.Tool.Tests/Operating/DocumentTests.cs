using System.Text.Json;
using System.Text.Json.Nodes;
using DualDb.Commands.Output;
using DualDb.Diagnostics;
using DualDb.Tool.Tests.Places;

namespace DualDb.Tool.Tests.Operating;

/// <summary>What tools read: the values of a document are as JSON has them, whatever .NET they came from.</summary>
public sealed class DocumentTests(ToolServers servers)
{
    private static readonly DateTimeOffset Date = new(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2));
    private static readonly Guid Id = Guid.Parse("6f9619ff-8b86-d011-b42d-00c04fc964ff");

    [Fact]
    public void Values_come_back_as_they_were_and_secrets_do_not()
    {
        var redaction = new Redaction();
        redaction.AddAddress("Host=h;Username=ada;Password='hush-4%\"x'");
        var document = new JsonObject
        {
            ["date"] = Date, ["day"] = Date.UtcDateTime, ["id"] = Id, ["number"] = 1.5, ["count"] = 7L, ["yes"] = true, ["nothing"] = null, ["text"] = "it's \"so\" + \\",
            ["secret"] = "the password is hush-4%\"x", ["address"] = JsonValue.Create(new Uri("postgres://ada:hush@db.example/shop")),
            ["parsed"] = JsonNode.Parse("""{ "text": "hush-4%\"x", "number": 2 }"""),
            ["items"] = new JsonArray(Date, Id, "hush-4%\"x"),
        };

        var text = CleanJson.Of(document, redaction);

        var read = JsonDocument.Parse(text).RootElement;
        Assert.Equal(Date, read.GetProperty("date").GetDateTimeOffset());
        Assert.Equal(Date.UtcDateTime, read.GetProperty("day").GetDateTime());
        Assert.Equal(Id, read.GetProperty("id").GetGuid());
        Assert.Equal((1.5, 7L, true, JsonValueKind.Null), (read.GetProperty("number").GetDouble(), read.GetProperty("count").GetInt64(), read.GetProperty("yes").GetBoolean(), read.GetProperty("nothing").ValueKind));
        Assert.Equal("it's \"so\" + \\", read.GetProperty("text").GetString());
        Assert.Equal("the password is ***", read.GetProperty("secret").GetString());
        Assert.Equal("postgres://ada:***@db.example/shop", read.GetProperty("address").GetString());
        Assert.Equal(("***", 2), (read.GetProperty("parsed").GetProperty("text").GetString(), read.GetProperty("parsed").GetProperty("number").GetInt32()));
        Assert.Equal((Date, Id, "***"), (read.GetProperty("items")[0].GetDateTimeOffset(), read.GetProperty("items")[1].GetGuid(), read.GetProperty("items")[2].GetString()));
    }

    [Fact]
    public void Documents_that_follow_one_another_are_lines()
    {
        var document = new JsonObject { ["text"] = "one\ntwo", ["items"] = new JsonArray(1, 2) };

        Assert.Equal("""{"text":"one\ntwo","items":[1,2]}""", CleanJson.Of(document, Redaction.None, isLine: true));
        Assert.Contains('\n', CleanJson.Of(document, Redaction.None));
    }

    [Fact]
    public async Task What_a_watched_status_writes_is_a_line()
    {
        await using var place = await ToolPlace.CreateAsync(servers);

        var refused = (await place.RunAsync("status", "--watch", "--json")).EndedWith(3);

        Assert.Equal("refused", refused.Json["error"]!["kind"]!.GetValue<string>());
        Assert.Single(refused.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Times_of_the_status_can_be_read_as_such()
    {
        await using var place = (await ToolPlace.CreateAsync(servers)).Write("neon/20260101T1000_one", "create table one ();");
        (await place.RunAsync("migrations", "up", "--yes")).EndedWith(0);

        var status = JsonDocument.Parse((await place.RunAsync("migrations", "status", "--json")).EndedWith(0).Output).RootElement;

        Assert.True(status.GetProperty("migrations")[0].TryGetProperty("finishedAt", out var finished) && finished.TryGetDateTimeOffset(out _), status.ToString());
    }
}
