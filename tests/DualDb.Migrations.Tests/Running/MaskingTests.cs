using DualDb.Migrations.Running;
using DualDb.Migrations.Tests.Places;

namespace DualDb.Migrations.Tests.Running;

/// <summary>What stands in a statement is told by nobody: a planted value is looked for in all that a failure says.</summary>
public sealed class MaskingTests(MigrationServers servers)
{
    private const string Planted = "hunter2";

    [Theory]
    [InlineData("select nothing, 'hunter2'")]
    [InlineData("select nothing, E'it\\'s hunter2'")]
    [InlineData("select nothing, E'a\\\\', 'hunter2'")]
    [InlineData("select nothing, $$hunter2$$")]
    [InlineData("select nothing, $x$it's $$ hunter2$x$")]
    [InlineData("select nothing, U&'hunter2', b'0', n'hunter2'")]
    [InlineData("select 'begins here\nand is hunter2 to the end', nothing")]
    [InlineData("select $$begins here\nhunter2 $$, nothing")]
    [InlineData("select 'a' 'b'\n'hunter2', nothing")]
    [InlineData("select '1', 'hunter2'::integer")]
    [InlineData("select cast('2026-13-01 hunter2' as date)")]
    [InlineData("select '{\"hunter2\": x}'::json")]
    [InlineData("select 1 'hunter2'")]
    [InlineData("do $$ begin perform nothing('hunter2'); end $$")]
    [InlineData("do $$ begin execute 'select nothing, ''hunter2'''; end $$")]
    [InlineData("create function f() returns int language sql as $$ select 'hunter2'::text, nothing $$")]
    [InlineData("create function f() returns int language sql as 'select ''hunter2''::text, nothing'")]
    public async Task Value_of_a_statement_that_fails_is_told_nowhere(string sql)
    {
        await using var place = await MigrationPlace.CreateAsync(servers);
        place.Write("neon/20260101T1000_a", "select 1;\n" + sql);
        var told = new List<string>();

        var failed = await Assert.ThrowsAsync<MigrationFailedException>(() => place.Runner(options => options.Progress = new Told(told)).MigrateAsync());

        Assert.DoesNotContain(Planted, failed.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Planted, string.Join('\n', told), StringComparison.Ordinal);
        Assert.DoesNotContain(Planted, await place.AskNeonAsync<string>("select to_jsonb(m)::text from dualdb.migrations m"), StringComparison.Ordinal);
        Assert.DoesNotContain(Planted, await place.AskNeonAsync<string>("select to_jsonb(r)::text from dualdb.migration_runs r"), StringComparison.Ordinal);
        Assert.NotNull(failed.SqlState);
    }

    [Fact]
    public void Code_of_a_block_stays_readable_and_everything_its_place()
    {
        Assert.Equal("do $$ begin perform nothing(*****); end $$", MaskedSql.Of("do $$ begin perform nothing('abc'); end $$"));
        Assert.Equal("select nothing, *******", MaskedSql.Of("select nothing, $$abc$$"));
        Assert.Equal("do language plv8 *******", MaskedSql.Of("do language plv8 $$abc$$"));
        Assert.Equal("select **\n***, a", MaskedSql.Of("select 'a\nbc', a"));
    }

    private sealed class Told(List<string> told) : IProgress<MigrationProgress>
    {
        public void Report(MigrationProgress value) => told.Add(value.ToString());
    }
}
