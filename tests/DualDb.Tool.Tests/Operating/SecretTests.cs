using DualDb.Tool.Tests.Places;
using Npgsql;

namespace DualDb.Tool.Tests.Operating;

/// <summary>No secret leaves the tool, however it came in; <see cref="ToolProcess"/> looks for it in all that is said.</summary>
public sealed class SecretTests(ToolServers servers) : IDisposable
{
    private const string Secret = "hush-4%\"x";

    private readonly string _folder = Directory.CreateTempSubdirectory("dualdb-secrets-").FullName;

    public static TheoryData<string, string> Addresses { get; } = new()
    {
        { "postgresql://ada:hush-4%25%22x@127.0.0.1:1/shop", "Host=127.0.0.1;Port=1;Username=ada;Password='hush-4%\"x';Database=shop" },
        { "postgres://ada:hush-4%25%22x@127.0.0.1:1/shop?bogus=1", "Host=127.0.0.1;Port=1;Username=ada;Password='hush-4%\"x';Bogus=1" },
        { "postgres://ada:hush-4%25%22x@127.0.0.1:x/shop", "psql postgres://ada:hush-4%25%22x@127.0.0.1/shop" },
    };

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task Address_that_cannot_be_used_is_told_without_its_password(string neon, string supabase)
    {
        foreach (var asJson in (bool[])[false, true])
        {
            string[] args = ["migrations", "plan", "--folder", _folder, .. asJson ? (string[])["--json"] : []];
            await RunAsync([.. args, "--neon", neon, "--supabase", supabase], []);
            await RunAsync(args, new(StringComparer.Ordinal) { ["NEON_DATABASE_URL"] = neon, ["SUPABASE_DB_URL"] = supabase });
            var settings = Path.Combine(_folder, "settings.json");
            await File.WriteAllTextAsync(settings, System.Text.Json.JsonSerializer.Serialize(new { DualDb = new { Neon = new { ConnectionString = neon }, Supabase = new { ConnectionString = supabase } } }), TestContext.Current.CancellationToken);
            await RunAsync([.. args, "--settings", settings], []);
        }
    }

    [Fact]
    public async Task Address_in_a_line_that_is_not_understood_is_told_without_its_password()
    {
        var result = await RunAsync(["migrations", "plan", "--nein=postgres://ada:hush-4%25%22x@127.0.0.1/shop", "Host=h;Password='hush-4%\"x'"], []);

        Assert.Contains("--nein=postgres://ada:***@127.0.0.1/shop", result.EndedWith(2).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secret_that_a_database_repeats_is_hidden_also_in_JSON()
    {
        await using var place = await ToolPlace.CreateAsync(servers);
        var password = new NpgsqlConnectionStringBuilder(place.Neon).Password!;
        place.Write("neon/20260101T1000_leak", $"do $$ begin raise exception 'the password is {password}'; end $$;");

        var failed = (await place.RunAsync("migrations", "up", "--json")).EndedWith(1);

        Assert.Contains("the password is ***", failed.Json["error"]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains("the password is ***", (await place.RunAsync("migrations", "status", "--json")).EndedWith(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Addresses_on_the_command_line_and_as_URI_reach_the_databases()
    {
        await using var place = await ToolPlace.CreateAsync(servers);
        place.Write("neon/20260101T1000_one", "create table one ();");
        var neon = new NpgsqlConnectionStringBuilder(place.Neon);
        var uri = $"postgres://{neon.Username}:{Uri.EscapeDataString(neon.Password!)}@{neon.Host}:{neon.Port}/{neon.Database}";

        (await ToolProcess.Start(ToolProcess.Tool, place.Folder, new Dictionary<string, string>(), ["migrations", "up", "--neon", uri, "--supabase", place.Supabase], neon.Password!).EndAsync()).EndedWith(0);

        Assert.True(await place.AskNeonAsync<bool>("select to_regclass('one') is not null"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task<ToolResult> RunAsync(IReadOnlyList<string> args, Dictionary<string, string> environment)
    {
        var result = await ToolProcess.Start(ToolProcess.Tool, Path.GetTempPath(), environment, args, Secret, Uri.EscapeDataString(Secret), "hush", "\\\"x").EndAsync();
        Assert.NotEqual(0, result.ExitCode);
        Assert.NotEmpty(result.Error);
        return result;
    }
}
