using DualDb.Testing.Downloads;
using DualDb.Testing.Processes;
using DualDb.Testing.Supabase;
using DualDb.Testing.Tests.Endings;

namespace DualDb.Testing.Tests.Supabase;

/// <summary>What cannot start says so before anything does, with the next step and without a secret.</summary>
public sealed class RefusalTests
{
    [Theory]
    [InlineData("Host=db.example.com;Username=postgres;Password=hidden")]
    [InlineData("postgres://postgres:hidden@db.example.com/postgres")]
    [InlineData("postgres://:hidden@127.0.0.1")]
    [InlineData("Host=127.0.0.1;Password=hidden")]
    [InlineData("postgres://:hidden")]
    [InlineData("nonsense hidden")]
    [InlineData("Host=127.0.0.1;Username=postgres;Port=hidden")]
    [InlineData("Host=127.0.0.1;Username=postgres;Pass=hidden")]
    public async Task A_database_elsewhere_or_without_a_user_is_refused(string connectionString)
    {
        var failure = await Assert.ThrowsAsync<ArgumentException>(() => LocalSupabase.StartAsync(options => options.ConnectionString = connectionString, Sql.Token));
        Assert.Contains("ConnectionString", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pg_catalog")]
    [InlineData("auth")]
    [InlineData("")]
    [InlineData("a\nb")]
    public async Task A_schema_that_cannot_be_served_is_refused(string schema) =>
        await Assert.ThrowsAsync<ArgumentException>(() => LocalSupabase.StartAsync(options => options.Schemas.Add(schema), Sql.Token));

    [Fact]
    public async Task No_schema_is_refused() =>
        await Assert.ThrowsAsync<ArgumentException>(() => LocalSupabase.StartAsync(options => options.Schemas.Clear(), Sql.Token));

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        var options = new LocalSupabaseOptions();
        Assert.Throws<ArgumentOutOfRangeException>(() => options.MaxRows = 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => options.StartTimeout = TimeSpan.Zero);
        Assert.Throws<ArgumentException>(() => options.ConnectionString = "");
        Assert.Throws<ArgumentException>(() => options.JwtSecret = "too short");
        Assert.Throws<ArgumentException>(() => options.JwtSecret = "env(JWT_SECRET) 0123456789 0123456789");
        Assert.Throws<ArgumentException>(() => options.PublishableKey = "sb_secret_0");
        var failure = Assert.Throws<ArgumentException>(() => options.SecretKey = "sb_publishable_hidden");
        Assert.DoesNotContain("hidden", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_does_not_answer_is_named()
    {
        var failure = await Assert.ThrowsAsync<LocalServerException>(
            () => LocalSupabase.StartAsync(options => options.ConnectionString = "postgres://postgres:hidden@127.0.0.1:1/postgres", Sql.Token));
        Assert.Contains("127.0.0.1:1", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_that_is_broken_is_named()
    {
        using var scratch = new Scratch();
        var node = await WriteAsync(scratch, "node", "echo broken >&2; exit 3");
        var user = await ServerUser.SelectAsync(Sql.Token);
        var failure = await Assert.ThrowsAsync<LocalServerException>(() => NodeProgram.FindAsync(node, user, new CacheFolder(scratch.Path), "npm", Sql.Token));
        Assert.Contains("broken", failure.Message, StringComparison.Ordinal);
        Assert.Contains("20.12", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_that_is_too_old_is_replaced_through_npm()
    {
        using var scratch = new Scratch();
        var old = await WriteAsync(scratch, "node", "echo v18.20.4");
        var user = await ServerUser.SelectAsync(Sql.Token);
        var cache = await CacheFolder.FindAsync(user, Sql.Token);

        var newer = await NodeProgram.FindAsync(old, user, cache, "npm", Sql.Token);
        Assert.Equal(22, (await NodeProgram.VersionAsync(newer, user, Sql.Token)).Major);
        Assert.Equal(newer, await NodeProgram.FindAsync(newer, user, cache, "/no/such/npm", Sql.Token));

        var npm = await WriteAsync(scratch, "npm", "echo 'no such package' >&2; exit 7");
        var failed = await Assert.ThrowsAsync<LocalServerException>(() => NodeProgram.FindAsync(old, user, new CacheFolder(scratch.Path), npm, Sql.Token));
        Assert.Contains("no such package", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_npm_or_when_it_fails_the_message_says_what_to_do()
    {
        using var scratch = new Scratch();
        var missing = await Assert.ThrowsAsync<LocalServerException>(() => LitePackages.BringAsync(new CacheFolder(scratch.Path), "/no/such/npm", Sql.Token));
        Assert.Contains("Install Node.js with npm", missing.Message, StringComparison.Ordinal);

        var npm = await WriteAsync(scratch, "npm", "echo 'no such package' >&2; exit 7");
        var failed = await Assert.ThrowsAsync<LocalServerException>(() => LitePackages.BringAsync(new CacheFolder(scratch.Path), npm, Sql.Token));
        Assert.Contains("no such package", failed.Message, StringComparison.Ordinal);
        Assert.Contains("exit code 7", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_files_than_the_published_ones_are_not_corrected() =>
        Assert.Throws<LocalServerException>(() => LiteCorrections.All[0].Apply("something else"));

    private static async Task<string> WriteAsync(Scratch scratch, string name, string commands)
    {
        var path = Path.Combine(scratch.Path, name);
        await File.WriteAllTextAsync(path, $"#!/bin/sh\n{commands}\n", Sql.Token);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, (UnixFileMode)0b_111_101_101);
        }

        return path;
    }
}
