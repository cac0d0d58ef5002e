using DualDb.Migrations.Files.Sql;

namespace DualDb.Migrations.Tests.Files;

public sealed class StatementSplitterTests
{
    [Theory]
    [InlineData("select 1; select 2", "select 1|select 2")]
    [InlineData("select ';'; select 'it''s; so'", "select ';'|select 'it''s; so'")]
    [InlineData(@"select E'a\'; b'; select e'\\'; select 1", @"select E'a\'; b'|select e'\\'|select 1")]
    [InlineData(@"select 'a\'; select 1", @"select 'a\'|select 1")]
    [InlineData("select \"a;\"\"b\" from t; select 1", "select \"a;\"\"b\" from t|select 1")]
    [InlineData("select U&'a;' uescape '!'; select U&\"b;\"; select 1", "select U&'a;' uescape '!'|select U&\"b;\"|select 1")]
    [InlineData("select $$a; 'b$$; select 1", "select $$a; 'b$$|select 1")]
    [InlineData("select $a$ $b$ ; $b$ $$ ; $a$; select 1", "select $a$ $b$ ; $b$ $$ ; $a$|select 1")]
    [InlineData("select a$b$c; select 1", "select a$b$c|select 1")]
    [InlineData("prepare p as select $1; select 1", "prepare p as select $1|select 1")]
    [InlineData("/* a; /* b; */ c; */ select 1; -- d;\nselect 2", "select 1|select 2")]
    [InlineData("select 1 -- a;\n + 1; select 2", "select 1 -- a;\n + 1|select 2")]
    [InlineData("select 4/*;*/*/*;*/2; select 1", "select 4/*;*/*/*;*/2|select 1")]
    [InlineData("create rule r as on insert to t do also (select 1; select 2); select 3", "create rule r as on insert to t do also (select 1; select 2)|select 3")]
    [InlineData(";; select 1;;", "select 1")]
    [InlineData("select E'a'\n  'b\\'; c'; select 1", "select E'a'\n  'b\\'; c'|select 1")]
    [InlineData("select E'a' -- b\n'c\\'; d'; select 1", "select E'a' -- b\n'c\\'; d'|select 1")]
    [InlineData("select E'a', 'b\\'; select 1", "select E'a', 'b\\'|select 1")]
    [InlineData("create function f() returns int begin atomic select 1 as case; select 2 as end; select case 1 when 1 then 2 end; end; select 3", "create function f() returns int begin atomic select 1 as case; select 2 as end; select case 1 when 1 then 2 end; end|select 3")]
    [InlineData("create function f() returns int begin atomic select p.end, p . case from p; select case p.end when 1 then 2 end from p; end; select 3", "create function f() returns int begin atomic select p.end, p . case from p; select case p.end when 1 then 2 end from p; end|select 3")]
    [InlineData("-- what was agreed: nothing\nselect 1; -- phase: one\n-- downstream: all\nselect 2", "select 1|select 2")]
    [InlineData("do $$ begin\n-- down: here\n-- phase: expand\nend $$; select 1", "do $$ begin\n-- down: here\n-- phase: expand\nend $$|select 1")]
    [InlineData("select '\\copy'; select $$\n\\i x$$", "select '\\copy'|select $$\n\\i x$$")]
    [InlineData("select B'1', X'1F', N'a;'; select 1", "select B'1', X'1F', N'a;'|select 1")]
    public void Statements_end_with_semicolons_of_their_own(string text, string expected)
        => Assert.Equal(expected.Split('|'), StatementSplitter.Split(text, isolated: false).Up.Select(statement => statement.Text));

    [Fact]
    public void Body_of_a_sql_function_is_one_with_its_statement()
    {
        const string Function = """
            create or replace function f(a int) returns int language sql begin atomic
                insert into t values (a);
                select case when a > 1 then case a when 2 then 3 else 4 end else 5 end;
                select 6;
            end
            """;

        Assert.Equal([Function, "select 7"], StatementSplitter.Split(Function + "; select 7;", isolated: false).Up.Select(statement => statement.Text));
    }

    /// <summary>Of a statement that is long only its first words are kept.</summary>
    [Fact]
    public void Statements_of_many_thousand_words_end_where_they_end()
    {
        var rows = "insert into t values " + string.Join(", ", Enumerable.Range(0, 5000).Select(static i => $"({i}, 'a;b', $$c$$)"));
        var function = "create function f() returns int language sql begin atomic\n" + string.Concat(Enumerable.Repeat("insert into t values (1, 2);\n", 2000)) + "select case 1 when 1 then 2 end; end";

        Assert.Equal([rows, function, "select 7"], StatementSplitter.Split($"{rows}; {function}; select 7", isolated: false).Up.Select(statement => statement.Text));
    }

    /// <summary>Where a file says that it needs no transaction, only what can surely be in the one that notes it is; elsewhere nothing changes.</summary>
    [Theory]
    [InlineData("reindex table parted", StatementKind.Repeatable)]
    [InlineData("cluster parted using parted_key", StatementKind.Repeatable)]
    [InlineData("vacuum (analyze) t", StatementKind.Repeatable)]
    [InlineData("alter subscription s refresh publication", StatementKind.Unrepeatable)]
    [InlineData("alter database d set tablespace t", StatementKind.Unrepeatable)]
    [InlineData("create database d", StatementKind.Unrepeatable)]
    [InlineData("call p()", StatementKind.Unrepeatable)]
    [InlineData("discard all", StatementKind.Unrepeatable)]
    [InlineData("(select 1)", StatementKind.Unrepeatable)]
    [InlineData("insert into t values (1)", StatementKind.Transactional)]
    [InlineData("with a as (select 1) insert into t select * from a", StatementKind.Transactional)]
    [InlineData("alter type mood add value 'b'", StatementKind.Transactional)]
    [InlineData("create index on t (a)", StatementKind.Transactional)]
    [InlineData("drop table t", StatementKind.Transactional)]
    public void Statements_of_a_file_without_transactions_stand_alone_unless_they_surely_can_be_in_one(string text, object expected)
        => Assert.Equal((StatementKind)expected, Assert.Single(StatementSplitter.Split(text, isolated: true).Up).Kind);

    [Fact]
    public void Way_down_begins_with_its_mark()
    {
        var (up, down) = StatementSplitter.Split("create table t ();\n-- down:\ndrop table t;\n", isolated: false);

        Assert.Equal(["create table t ()"], up.Select(statement => statement.Text));
        Assert.Equal(["drop table t"], down!.Select(statement => statement.Text));
        Assert.Equal(3, down![0].Line);
        Assert.Null(StatementSplitter.Split("select '\n-- down:\n'", isolated: false).Down);
        Assert.Empty(StatementSplitter.Split("select 1;\n-- down: none\n", isolated: false).Down!);
    }

    [Theory]
    [InlineData("create index concurrently i on t (a)", nameof(StatementKind.CreateIndexConcurrently), "i", "t")]
    [InlineData("CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS \"I x\" ON ONLY s.\"T\" USING btree (a)", nameof(StatementKind.CreateIndexConcurrently), "\"I x\"", "s.\"T\"")]
    [InlineData("drop index concurrently if exists s.i", nameof(StatementKind.DropIndexConcurrently), "s.i", null)]
    [InlineData("reindex (verbose) table concurrently s.t", nameof(StatementKind.ReindexConcurrently), "s.t", null)]
    [InlineData("reindex schema concurrently s", nameof(StatementKind.ReindexConcurrently), null, null)]
    [InlineData("reindex (concurrently, verbose) index s.i", nameof(StatementKind.ReindexConcurrently), "s.i", null)]
    [InlineData("cluster verbose", nameof(StatementKind.Repeatable), null, null)]
    [InlineData("reindex table t", nameof(StatementKind.Transactional), null, null)]
    [InlineData("vacuum analyze t", nameof(StatementKind.Repeatable), null, null)]
    [InlineData("create database d", nameof(StatementKind.Unrepeatable), null, null)]
    [InlineData("alter table t detach partition p concurrently", nameof(StatementKind.Unrepeatable), null, null)]
    [InlineData("create index i on t (a)", nameof(StatementKind.Transactional), null, null)]
    [InlineData("do $$ begin end $$", nameof(StatementKind.Transactional), null, null)]
    [InlineData("refresh materialized view concurrently v", nameof(StatementKind.Transactional), null, null)]
    public void Statements_that_run_alone_are_recognised(string text, string kind, string? target, string? relation)
    {
        var statement = Assert.Single(StatementSplitter.Split(text, isolated: false).Up);

        Assert.Equal((kind, target, relation), (statement.Kind.ToString(), statement.Target, statement.Relation));
    }

    [Theory]
    [InlineData("select 1;\nbegin;", "BEGIN", 2)]
    [InlineData("start transaction", "START", 1)]
    [InlineData("select 1; commit", "COMMIT", 1)]
    [InlineData("\n\ncopy t from stdin;", "COPY", 3)]
    [InlineData("select 1;\n\\i other.sql\n", @"'\i'", 2)]
    [InlineData("select 1;\n\\copy t from 'x'", @"'\copy'", 2)]
    [InlineData("select 1;\nselect 'a", "no end", 2)]
    [InlineData("select 1;\nselect $x$ a $y$", "$x$", 2)]
    [InlineData("/* /* */ select 1", "comment", 1)]
    [InlineData("create index concurrently on t (a)", "no name", 1)]
    [InlineData("select 1;\n-- Down:\ndrop table t;", "'-- Down:'", 2)]
    [InlineData("select 1;\n-- down\ndrop table t;", "way up", 2)]
    [InlineData("select 1;\n-- down: take it back\ndrop table t;", "way up", 2)]
    [InlineData("select 1;\n  -- +goose Down\ndrop table t;", "way up", 2)]
    [InlineData("select 1;\n-- migrate:down\ndrop table t;", "way up", 2)]
    [InlineData("select 1;\n-- requires: neon/20260101T1000_first\nselect 2;", "below the header", 2)]
    [InlineData("/* about */\n-- phase: contract\nselect 2;", "below the header", 2)]
    [InlineData("select 1;\n-- down:\n-- timeout: 10min\nselect 2;", "below the header", 3)]
    [InlineData("set local standard_conforming_strings = off;\nselect 'a\\'; b';", "backslash", 1)]
    [InlineData("select 1;\n-- down:\nselect 2;\n-- down:\n", "second", 4)]
    public void What_a_migration_cannot_hold_is_refused(string text, string told, int line)
    {
        var refused = Assert.Throws<SqlScanException>(() => StatementSplitter.Split(text, isolated: false));

        Assert.Contains(told, refused.Message, StringComparison.Ordinal);
        Assert.Equal(line, new LinePositions(text).Of(refused.Position).Line);
    }

    [Fact]
    public void Many_statements_take_time_in_proportion_to_their_length()
    {
        var text = string.Concat(Enumerable.Range(0, 100_000).Select(static i => $"insert into t values ({i}, 'a;''b', $$c;$$);\n"));

        var (up, _) = StatementSplitter.Split(text, isolated: false);

        Assert.Equal(100_000, up.Count);
        Assert.Equal((100_000, 1), (up[^1].Line, up[^1].Column));
    }
}
