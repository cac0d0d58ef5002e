using DualDb.Tool.Tests.Places;

namespace DualDb.Tool.Tests.Migrating;

/// <summary>Migrations from the model, and databases compared with it: from a built file that is not loaded, and in the application.</summary>
public sealed class ModelTests(ToolServers servers)
{
    private static readonly Dictionary<string, string> Nowhere = [];

    [Fact]
    public async Task Files_are_written_from_a_built_file_without_a_database_and_what_they_create_is_the_model()
    {
        await using var place = await ToolPlace.CreateAsync(servers);

        var added = (await ToolProcess.Start(ToolProcess.Tool, place.Folder, Nowhere, ["migrations", "add", "create_all", "--assembly", ToolProcess.App, "--root", "AppDb", "--json"]).EndAsync()).EndedWith(0);
        Assert.Equal(["neon", "supabase"], added.Json["files"]!.AsArray().Select(static file => file!["id"]!.GetValue<string>().Split('/')[0]).Order());
        Assert.All(added.Json["files"]!.AsArray(), static file => Assert.True(File.Exists(file!["path"]!.GetValue<string>()) && file["phase"]!.GetValue<string>() == "expand"));
        Assert.Contains(added.Json["changes"]!.AsArray(), static change => change!["description"]!.GetValue<string>() == "creates the table public.members" && !change["isDestructive"]!.GetValue<bool>());
        Assert.True(File.Exists(Path.Combine(place.Folder, "migrations", "model.snapshot.json")));
        Assert.Contains("Nothing to do", (await place.RunAsync("migrations", "add", "again", "--assembly", ToolProcess.App)).EndedWith(0).Output, StringComparison.Ordinal);

        Assert.Contains("public.members", (await DoctorAsync(place)).EndedWith(4).Output, StringComparison.Ordinal);
        (await place.RunAsync("migrations", "up")).EndedWith(0);
        Assert.False((await DoctorAsync(place)).EndedWith(0).Json["hasDrift"]!.GetValue<bool>());

        await place.AskNeonAsync<object?>("alter table members drop column seen");
        var difference = Assert.Single((await DoctorAsync(place)).EndedWith(4).Json["differences"]!.AsArray(), static one => one!["severity"]!.GetValue<string>() == "error")!;
        Assert.Equal(("neon", "missing", "public.members.seen"), (difference["database"]!.GetValue<string>(), difference["kind"]!.GetValue<string>(), difference["subject"]!.GetValue<string>()));
        Assert.Matches("error +neon +public.members.seen: the column is missing", (await place.RunAsync("doctor", "--assembly", ToolProcess.App)).EndedWith(4).Output);
        (await place.RunAsync("doctor", "--assembly", ToolProcess.App, "--ignore", "public.members")).EndedWith(0);
    }

    [Fact]
    public async Task Databases_as_they_are_can_take_the_place_of_the_snapshot()
    {
        await using var place = await ToolPlace.CreateAsync(servers);
        place.Write("neon/20260101T1000_members", "create table members (id bigint primary key, name text not null);");
        (await place.RunAsync("migrations", "up")).EndedWith(0);

        var refused = (await place.RunAsync("migrations", "add", "catch_up", "--assembly", ToolProcess.App, "--json")).EndedWith(3);
        Assert.Contains("model.snapshot.json", refused.Json["error"]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
        var added = (await place.RunAsync("migrations", "add", "catch_up", "--compare", "--assembly", ToolProcess.App, "--json")).EndedWith(0);

        Assert.Contains(added.Json["changes"]!.AsArray(), static change => change!["description"]!.GetValue<string>() .Contains("public.members.seen", StringComparison.Ordinal));
        (await place.RunAsync("migrations", "up")).EndedWith(0);
        (await DoctorAsync(place)).EndedWith(0);
    }

    [Fact]
    public async Task Application_answers_with_its_own_model_and_a_project_needs_neither_settings_nor_start()
    {
        await using var place = await ToolPlace.CreateAsync(servers);
        (await AppAsync(place, "migrations", "up")).EndedWith(0);

        // Its files say nothing of row-level security.
        var report = (await AppAsync(place, "doctor", "--json")).EndedWith(4);
        Assert.Equal("rowSecurity", Assert.Single(report.Json["differences"]!.AsArray(), static one => one!["severity"]!.GetValue<string>() == "warning")!["kind"]!.GetValue<string>());
        (await AppAsync(place, "doctor", "--no-row-security")).EndedWith(0);
        Assert.Contains("neon", (await AppAsync(place, "migrations", "add", "first", "--folder", "written")).EndedWith(0).Output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(place.Folder, "written", "model.snapshot.json")));

        string[] project = ["--project", ToolProcess.AppProject, "--configuration", ToolProcess.Configuration, "--no-build"];
        var refused = (await ToolProcess.Start(ToolProcess.Tool, place.Folder, Nowhere, ["migrations", "add", "first", .. project]).EndAsync()).EndedWith(3);
        Assert.Contains(Path.Combine(ToolProcess.AppProject, "migrations"), refused.Error, StringComparison.Ordinal);
        var elsewhere = Path.Combine(place.Folder, "elsewhere");
        (await ToolProcess.Start(ToolProcess.Tool, place.Folder, Nowhere, ["migrations", "add", "first", "--folder", elsewhere, .. project]).EndAsync()).EndedWith(0);
        Assert.True(File.Exists(Path.Combine(elsewhere, "model.snapshot.json")));
        (await place.RunAsync(["doctor", "--json", .. project])).EndedWith(4);
    }

    [Fact]
    public async Task What_is_asked_wrongly_is_refused_and_says_what_to_write()
    {
        await using var place = await ToolPlace.CreateAsync(servers);

        Assert.Contains("--assembly", (await place.RunAsync("doctor")).EndedWith(3).Error, StringComparison.Ordinal);
        Assert.Contains("--project", (await place.RunAsync("migrations", "add", "first")).EndedWith(3).Error, StringComparison.Ordinal);
        Assert.Contains("AppDb", (await place.RunAsync("doctor", "--assembly", ToolProcess.App, "--root", "Other")).EndedWith(3).Error, StringComparison.Ordinal);
        (await place.RunAsync("migrations", "add", "first", "--assembly", ToolProcess.App, "--rename", "neon/public.members")).EndedWith(2);
        Assert.Contains("neon/public.nobody", (await place.RunAsync("migrations", "add", "first", "--assembly", ToolProcess.App, "--rename", "neon/public.nobody=members")).EndedWith(3).Error, StringComparison.Ordinal);
        Assert.Contains("is no name for a migration", (await place.RunAsync("migrations", "add", "First", "--assembly", ToolProcess.App)).EndedWith(3).Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(place.Folder, "migrations")));
    }

    private static Task<ToolResult> DoctorAsync(ToolPlace place) => place.RunAsync("doctor", "--assembly", ToolProcess.App, "--json");

    private static Task<ToolResult> AppAsync(ToolPlace place, params IReadOnlyList<string> args) => place.StartApp(["dualdb", .. args]).EndAsync();
}
