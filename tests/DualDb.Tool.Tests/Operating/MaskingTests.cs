using DualDb.Tool.Tests.Places;

namespace DualDb.Tool.Tests.Operating;

/// <summary>Nothing that is sensitive is in what the tool says of what an application has stored, by itself or through the application, as text and as JSON.</summary>
public sealed class MaskingTests(ToolServers servers)
{
    /// <summary>What was stored of events and sagas, and what is planted below among rows and errors.</summary>
    private static readonly string[] Planted = ["ada@example.org", "bob@example.org", "555-0170", "555-0171", "leak-letter", "leak-words", "leak-saga", "leak-row", "leak-parked"];

    /// <summary>What is asked, and whether the tool alone is asked as well, which knows no models.</summary>
    private static readonly (string[] Args, bool IsForTool)[] Commands =
    [
        (["outbox", "list", "--all", "--payloads"], true), (["outbox", "list", "--groups"], false), (["saga", "list"], false), (["saga", "show", "trip", "stuck", "--payloads"], true), (["sync", "conflicts", "--rows"], false), (["sync", "status"], false),
    ];

    [Fact]
    public async Task Nothing_sensitive_is_in_any_output()
    {
        await using var place = await ToolPlace.CreateAsync(servers);
        (await RunAsync(place, isApp: true, ["migrations", "up"])).EndedWith(0);
        (await place.StartApp("play").EndAsync()).EndedWith(0);
        await PlantAsync(place);

        var shown = new List<string>();
        foreach (var (command, isForTool) in Commands)
        {
            foreach (var isApp in isForTool ? (bool[])[true, false] : [true])
            {
                foreach (var args in (string[][])[command, [.. command, "--json"]])
                {
                    var result = (await RunAsync(place, isApp, args)).EndedWith(0);
                    var said = result.Output + result.Error;
                    shown.Add(said);
                    Assert.All(Planted, value => Assert.False(said.Contains(value, StringComparison.OrdinalIgnoreCase), $"{value} is in {string.Join(' ', args)}: {said}"));
                }
            }
        }

        // That it looks at the right places.
        Assert.All((string[])["the mail server is away", "nobody answers", "member 1", "compensationFailed", "refused: Password=***", "postgres://ada:***@db.example/shop"], mark => Assert.Contains(shown, said => said.Contains(mark, StringComparison.Ordinal)));
    }

    private static async Task PlantAsync(ToolPlace place)
    {
        await place.AskNeonAsync<object?>("update dualdb.outbox_deliveries set error = error || ' postgres://ada:leak-letter@db.example/shop, Password=leak-words;' returning 1");
        await place.AskNeonAsync<object?>("update dualdb.sagas set error = error || ' postgres://ada:leak-saga@db.example/shop' where error is not null returning 1");
        await place.AskSupabaseAsync<object?>("""
            insert into dualdb.sync_parked (source, map, key, change_id, operation, new, recorded_at, error) values (0, 'members', '{"id":2}', 2, 'U', '{"id":2,"name":"member 2","nickname":"leak-row"}', clock_timestamp(), 'refused: Password=leak-parked;') returning id
            """);
    }

    private static Task<ToolResult> RunAsync(ToolPlace place, bool isApp, IReadOnlyList<string> args) => isApp ? place.StartApp(["dualdb", .. args]).EndAsync() : place.RunAsync(args);
}
