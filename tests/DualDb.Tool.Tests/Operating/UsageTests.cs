using DualDb.Tool.Tests.Places;

namespace DualDb.Tool.Tests.Operating;

/// <summary>What can be typed, and what is said where it cannot.</summary>
public sealed class UsageTests
{
    [Theory]
    [InlineData("migrations")]
    [InlineData("migrations", "up", "--bogus")]
    [InlineData("migrations", "up", "--lease", "soon")]
    [InlineData("migrations", "down", "--to", "nowhere")]
    [InlineData("migrations", "down", "--to", "neon/20260101T1200_orders", "--steps", "2")]
    [InlineData("migrations", "plan", "--through", "later")]
    [InlineData("migrations", "up", "--lock-wait", "2147483647h")]
    [InlineData("migrations", "lint", "--settings", "nowhere.json", "--folder")]
    [InlineData("outbox", "discard", "neon/1")]
    [InlineData("outbox", "replay")]
    [InlineData("outbox", "replay", "--all", "neon/1")]
    [InlineData("outbox", "discard", "42", "--reason", "none")]
    [InlineData("saga", "retry", "trip", "1")]
    [InlineData("completion", "tcsh")]
    [InlineData("sync", "status", "--project", "no/such/project")]
    public async Task What_is_not_understood_ends_with_2(params string[] args)
    {
        var folder = Directory.CreateTempSubdirectory("dualdb-usage-").FullName;
        Directory.CreateDirectory(Path.Combine(folder, "migrations", "neon"));
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["NEON_DATABASE_URL"] = "Host=127.0.0.1;Port=1;Username=a", ["SUPABASE_DB_URL"] = "Host=127.0.0.1;Port=1;Username=a" };

        var result = (await ToolProcess.Start(ToolProcess.Tool, folder, environment, args).EndAsync()).EndedWith(2);

        Assert.Empty(result.Output);
        Assert.NotEmpty(result.Error);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task What_goes_wrong_before_an_application_answers_is_a_document_too()
    {
        var result = (await RunAsync("sync", "status", "--project", "no/such/project", "--json")).EndedWith(2);

        Assert.Equal("usage", result.Json["error"]!["kind"]!.GetValue<string>());
        Assert.Contains("no/such/project", result.Json["error"]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_application_that_would_not_answer_is_not_started()
    {
        var result = (await RunAsync("sync", "status", "--project", ToolProcess.ToolProject, "--configuration", ToolProcess.Configuration, "--no-build", "--json")).EndedWith(3);

        Assert.Contains("does not answer the dualdb command", result.Json["error"]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_shows_examples_and_version_is_the_packages()
    {
        var help = (await RunAsync("migrations", "down", "--help")).EndedWith(0);
        var version = (await RunAsync("--version")).EndedWith(0);

        Assert.Contains("dualdb migrations down --steps 3 --yes", help.Output, StringComparison.Ordinal);
        Assert.StartsWith("0.", version.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dualdb migrations re", "repair", "resolve", "resume")]
    [InlineData("dualdb migrations plan --ch", "--check")]
    [InlineData("dualdb outbox list --state ", "dead", "retrying", "waiting")]
    public async Task Shells_are_told_what_can_follow(string line, params string[] wanted)
    {
        var found = (await RunAsync($"[suggest:{line.Length}]", line)).EndedWith(0).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

        Assert.Equal(wanted, found.Order(StringComparer.OrdinalIgnoreCase).Where(word => wanted.Contains(word, StringComparer.OrdinalIgnoreCase)), StringComparer.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Script_of_a_shell_completes_through_the_tool()
    {
        var script = (await RunAsync("completion", "bash")).EndedWith(0).Output;
        var start = new System.Diagnostics.ProcessStartInfo(
            "bash",
            ["-c", $"dualdb() {{ dotnet exec '{ToolProcess.Tool}' \"$@\"; }}\n{script}\nCOMP_LINE='dualdb migrations pl' COMP_POINT=20 COMP_WORDS=(dualdb migrations pl) COMP_CWORD=2\n_dualdb\necho \"${{COMPREPLY[@]}}\""]) { UseShellExecute = false, RedirectStandardOutput = true };

        using var bash = System.Diagnostics.Process.Start(start)!;
        var completed = await bash.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await bash.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal("plan", completed.Trim());
    }

    [Fact]
    public async Task Init_writes_what_is_missing_and_overwrites_nothing()
    {
        var folder = Directory.CreateTempSubdirectory("dualdb-init-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "dualdb.sample.json"), "mine", TestContext.Current.CancellationToken);

        var result = (await ToolProcess.Start(ToolProcess.Tool, folder, new Dictionary<string, string>(), ["init", "--json"]).EndAsync()).EndedWith(0);

        Assert.Equal(["dualdb.sample.json"], result.Texts("kept"));
        Assert.Equal("mine", await File.ReadAllTextAsync(Path.Combine(folder, "dualdb.sample.json"), TestContext.Current.CancellationToken));
        Assert.True(Directory.Exists(Path.Combine(folder, "migrations", "supabase")));
        Directory.Delete(folder, recursive: true);
    }

    private static Task<ToolResult> RunAsync(params string[] args) => ToolProcess.Start(ToolProcess.Tool, Path.GetTempPath(), new Dictionary<string, string>(), args).EndAsync();
}
