using DualDb.Migrations.Files;
using DualDb.Migrations.Files.Sql;

namespace DualDb.Migrations.Tests.Files;

public sealed class MigrationFileTests
{
    private static readonly MigrationId Id = MigrationId.Parse("neon/20260101T1200_create_orders");

    [Fact]
    public void Header_is_read()
    {
        var read = Read("""
            -- Orders, as the shop sees them.
            -- requires: supabase/20260101T1100_profiles, neon/20260101T1000_first.sql
            -- requires: supabase/20260101T1101_more
            -- conflicts: neon/20250101T0000_old
            -- phase: contract
            -- timeout: 10min

            create table orders (id bigint);
            """);

        Assert.Equal(["supabase/20260101T1100_profiles", "neon/20260101T1000_first", "supabase/20260101T1101_more"], read.Requires.Select(id => id.ToString()));
        Assert.Equal(["neon/20250101T0000_old"], read.Conflicts.Select(id => id.ToString()));
        Assert.Equal((MigrationPhase.Contract, TimeSpan.FromMinutes(10)), (read.Phase, read.Timeout));
        Assert.True(read.SaysRequires);
    }

    [Theory]
    [InlineData("-- https://tracker/123")]
    [InlineData("--ftp://files/1 describes it\n-- See:123")]
    public void Links_above_the_statements_are_comments_and_known_keys_need_no_blank(string comment)
        => Assert.Equal(MigrationPhase.Contract, Read(comment + "\n-- phase:contract\nselect 1;").Phase);

    [Fact]
    public void Line_ends_are_line_feeds_and_other_separators_are_characters()
    {
        var statement = Assert.Single(Assert.Single(Read("\uFEFFselect 'a\u2028b\u0085c\fd',\r\n1").Up).Statements);

        Assert.Equal("select 'a\u2028b\u0085c\fd',\n1", statement.Text);
    }

    [Theory]
    [InlineData("-- requres: neon/20260101T1000_first", 1, "no key 'requres'")]
    [InlineData("-- http:", 1, "no key 'http'")]
    [InlineData("-- phase:grow", 1, "'phase: grow'")]
    [InlineData("-- require:supabase/20260101T1100_profiles", 1, "no key 'require'")]
    [InlineData("\n--transation:none", 2, "no key 'transation'")]
    [InlineData("\n-- phase: grow", 2, "'phase: grow'")]
    [InlineData("-- requires: neon/first", 1, "'requires: neon/first'")]
    [InlineData("-- transaction: yes", 1, "'transaction: yes'")]
    [InlineData("-- Transaction: none", 1, "write 'transaction'")]
    [InlineData("\n--REQUIRES : neon/20260101T1000_first", 2, "write 'requires'")]
    [InlineData("-- timeout: soon", 1, "'timeout: soon'")]
    [InlineData("-- timeout: 0s", 1, "'timeout: 0s'")]
    [InlineData("-- timeout: 900h", 1, "longer")]
    [InlineData("-- phase: expand\n-- phase: expand", 2, "said before")]
    [InlineData("-- batch: many", 1, "'batch: many'")]
    [InlineData("-- batch: 0", 1, "'batch: 0'")]
    [InlineData("-- batch: 5000", 1, "the file has none")]
    [InlineData("-- batch: 5000\n-- batch: 1", 2, "said before")]
    [InlineData("-- batch: 5000\nupdate t set a = 1;", 2, "it has no condition")]
    [InlineData("-- batch: 5000\nupdate t set a = 1 where current of c;", 2, "it has no condition")]
    [InlineData("-- batch: 5000\nupdate t set a = u.a from u where u.id = t.id;", 2, "'from'")]
    [InlineData("-- batch: 5000\nupdate t set a = 1 where a is null returning id;", 2, "'returning'")]
    [InlineData("-- phase: backfill\n-- move: wishes", 2, "'move: wishes' names no table")]
    [InlineData("-- phase: backfill\n-- move: shop.wishes to", 2, "names no table")]
    [InlineData("-- phase: backfill\n-- move: shop.\"wishes", 2, "names no table")]
    [InlineData("-- phase: backfill\n-- move: a.b\n-- move: c.d to a.b", 3, "moved before")]
    [InlineData("-- move: shop.wishes", 1, "phases backfill")]
    [InlineData("-- phase: expand\n-- move: shop.wishes", 2, "phases backfill")]
    [InlineData("-- phase: switch\n-- transaction: none\n-- move: shop.wishes", 3, "'transaction: none' has none")]
    public void Mistakes_in_the_header_are_told_with_their_line(string header, int line, string told)
    {
        var refused = Assert.Throws<MigrationFileException>(() => Read(header + "\nselect 1;"));

        Assert.Equal((line, "f.sql"), (refused.Line, refused.File));
        Assert.StartsWith($"f.sql({line}): ", refused.Message, StringComparison.Ordinal);
        Assert.Contains(told, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-- only: this\n")]
    [InlineData("-- A comment\n;\n-- down:\nselect 1;")]
    public void Files_without_a_statement_are_refused(string text) => Assert.Throws<MigrationFileException>(() => Read(text));

    [Fact]
    public void Checksum_is_that_of_the_statements()
    {
        var checksum = Read("create table t (a int);\nselect 1;").Checksum;

        Assert.Equal(checksum, Read("\uFEFF-- phase: expand\r\ncreate table t (a int);\r\n\r\n-- A comment\r\nselect 1;\r\n-- down:\r\ndrop table t;").Checksum);
        Assert.NotEqual(checksum, Read("create table t (a  int);\nselect 1;").Checksum);
        Assert.Equal(Read("select 'a\nb'").Checksum, Read("select 'a\r\nb'").Checksum);
    }

    [Fact]
    public void Statements_that_run_alone_divide_the_transactions()
    {
        var read = Read("create table t (a int); select 1; create index concurrently i on t (a); vacuum t; select 2;");

        Assert.Equal([(0, 2, true), (2, 1, false), (3, 1, false), (4, 1, true)], read.Up.Select(segment => (segment.First, segment.Statements.Count, segment.IsTransactional)));
        Assert.Equal(3, Read("-- transaction: none\nselect 1; select 2; select 3").Up.Count);
    }

    [Fact]
    public void Updates_of_a_file_with_batches_are_divided_and_the_checksum_stays()
    {
        const string Sql = "select 1;\nupdate only shop.orders as o\n    set (total, note) = (1, 'a from b where c'), year = extract(year from at)\n    where (note is distinct from 'x' -- not yet\n    )\n    and total is null;\nselect 2;";

        var read = Read("-- batch: 500\n" + Sql);

        Assert.Equal(500, read.Batch);
        Assert.False(read.LeavesTransactions);
        Assert.Equal([true, false, true], read.Up.Select(static segment => segment.IsTransactional));
        var update = read.Up[1].Statements[0].Update!;
        Assert.Equal(("only shop.orders as o", "shop.orders"), (update.Target, update.Table));
        Assert.Equal("(total, note) = (1, 'a from b where c'), year = extract(year from at)", update.Assignments);
        Assert.Equal("(note is distinct from 'x' -- not yet\n    )\n    and total is null", update.Condition);
        Assert.Equal(Read(Sql).Checksum, read.Checksum);
    }

    [Fact]
    public void Moves_are_statements_before_those_of_the_file_and_part_of_its_checksum()
    {
        var read = Read("-- phase: switch\n-- move: Shop.Wishes\n-- move: shop.\"Old \"\"Gifts\" to public.gifts\n-- batch: 100\nselect 1;\n-- down:\nselect 2;");

        Assert.Equal(["-- move: shop.wishes (switch)", "-- move: shop.\"Old \"\"Gifts\" to public.gifts (switch)", "select 1"], read.Up.SelectMany(static segment => segment.Statements).Select(static statement => statement.Text));
        Assert.Equal([StatementKind.Transactional, StatementKind.MoveBack], read.Down!.Select(static segment => segment.Statements[0].Kind));
        Assert.Equal("Old \"Gifts", read.Moves[1].From.Name);
        Assert.Equal([2, 1], read.Up.Select(static segment => segment.Statements.Count));
        Assert.Equal(2, read.Down![1].Statements.Count);
        Assert.False(read.LeavesTransactions);
        Assert.NotEqual(read.Checksum, Read("-- phase: contract\n-- move: Shop.Wishes\n-- move: shop.\"Old \"\"Gifts\" to public.gifts\nselect 1;").Checksum);
        Assert.Single(Read("-- phase: backfill\n-- move: shop.wishes\n-- down: none").Down!);
        Assert.Null(Read("-- phase: backfill\n-- move: shop.wishes").Down);
        Assert.Contains("run again whenever", Assert.Throws<MigrationFileException>(() => MigrationReader.Read(MigrationId.Parse("neon/R__move"), "f.sql", "-- phase: backfill\n-- move: shop.wishes")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_that_would_be_lost_are_refused()
    {
        Assert.Equal(2, Assert.Throws<MigrationFileException>(() => Read("select 1;\nset search_path = s;\ncreate index concurrently i on t (a);")).Line);
        Assert.Single(Read("set search_path = s; select 1;").Up);
    }

    private static SqlMigration Read(string text) => MigrationReader.Read(Id, "f.sql", text);
}
