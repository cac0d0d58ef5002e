using System.Globalization;
using DualDb.Analyzers.Tests.Harness;

namespace DualDb.Analyzers.Tests.Rules;

/// <summary>Files of migrations are read at the build as they are at the run, and what is refused is told by file and line.</summary>
public sealed class MigrationRulesTests
{
    private const string Orders = "neon/20260101T1200_orders.sql";
    private const string Profiles = "supabase/20260101T1100_profiles.sql";

    /// <summary>A migration of code, as the library would have it; these tests do not reference it.</summary>
    private const string Library = "namespace DualDb.Migrations { public interface IDataMigration { string Id { get; } } }";

    [Fact]
    public async Task Files_in_order_are_fine()
        => Assert.Empty(await RunAsync("", (Profiles, "create table profiles ();\n-- down:\ndrop table profiles;"), (Orders, "-- requires: supabase/20260101T1100_profiles\ncreate table orders ();")));

    [Theory]
    [InlineData("-- phase: later\nselect 1;", 1, "'phase: later' is unknown")]
    [InlineData("-- requires: supabase/20260101T1100_profiles\n\n-- reqires: none\nselect 1;", 3, "the header has no key 'reqires'")]
    [InlineData("-- timeout: soon\nselect 1;", 1, "is no duration")]
    [InlineData("-- requires: profiles\nselect 1;", 1, "names no migration")]
    [InlineData("-- nothing\n", 1, "it holds no statement")]
    [InlineData("select 1;\nselect 2;\n\\d orders\n", 3, "is a command of psql")]
    [InlineData("select 1;\r\nbegin;", 2, "is not a migration's to say")]
    [InlineData("select 1;\nselect 'open;", 2, "has no end")]
    [InlineData("select 1;\n-- down:\nselect 2;\n-- down:\n", 4, "a second '-- down:'")]
    [InlineData("set search_path = a;\nvacuum;\nselect 1;", 1, "SET lasts no longer")]
    [InlineData("create index concurrently on orders (id);", 1, "has no name")]
    [InlineData("-- accept: DDM999\nselect 1;", 1, "names no rule")]
    public async Task What_a_run_would_refuse_is_told_with_its_line(string text, int line, string reason)
    {
        var found = Assert.Single(await RunAsync("", (Profiles, "select 1;"), (Orders, text)));

        Assert.StartsWith($"DDB501 migrations/{Orders}({line}): '{Orders}' cannot be run: ", found, StringComparison.Ordinal);
        Assert.Contains(reason, found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("orders.sql", "it lies in neither of the folders")]
    [InlineData("neon/orders.sql", "is no name of a migration")]
    [InlineData("neon/20260101T12_orders.sql", "is no name of a migration")]
    [InlineData("Neon/20260101T1200_orders.sql", "it lies in neither of the folders")]
    public async Task Path_that_names_no_migration_is_told(string path, string reason)
        => Assert.Contains(reason, Assert.Single(await RunAsync("", (path, "select 1;"))), StringComparison.Ordinal);

    [Fact]
    public async Task Two_files_of_one_id_are_told()
        => Assert.Equal(
            [$"DDB502 migrations/neon/b/20260101T1200_orders.sql(1): 'neon/b/20260101T1200_orders.sql' cannot be told from another: neon/20260101T1200_orders was found in neon/a/20260101T1200_orders.sql as well; rename one of the two. The history knows migrations by their ids."],
            await RunAsync("", ("neon/a/20260101T1200_orders.sql", "select 1;"), ("neon/b/20260101T1200_orders.sql", "select 2;")));

    [Fact]
    public async Task Requirement_that_is_not_there_is_told_at_its_line_with_what_may_be_meant()
        => Assert.Equal(
            [$"DDB503 migrations/{Orders}(2): '{Orders}' could never be applied: it requires supabase/20260101T1110_profiles, which is not there: did you mean supabase/20260101T1100_profiles?. Nothing is applied before what it requires."],
            await RunAsync("", (Profiles, "select 1;"), (Orders, "-- phase: expand\n-- requires: supabase/20260101T1110_profiles\nselect 1;")));

    [Fact]
    public async Task Circle_over_both_databases_is_told_once_with_its_way()
        => Assert.Equal(
            [$"DDB504 migrations/{Profiles}(1): '{Profiles}' could never be applied: migrations require each other in a circle: supabase/20260101T1100_profiles requires neon/20260101T1200_orders requires supabase/20260101T1100_profiles; remove one of these requirements, or divide a migration. None of them can be the first."],
            await RunAsync("", (Profiles, "-- requires: neon/20260101T1200_orders\nselect 1;"), (Orders, "-- requires: supabase/20260101T1100_profiles\nselect 1;"), ("neon/20260101T1300_next.sql", "-- requires: neon/20260101T1200_orders\nselect 1;")));

    [Fact]
    public async Task File_that_cannot_be_read_is_told_once_and_not_missed_by_others()
        => Assert.StartsWith("DDB501", Assert.Single(await RunAsync("", (Profiles, "-- bogus: 1\nselect 1;"), (Orders, "-- requires: supabase/20260101T1100_profiles\nselect 1;"))), StringComparison.Ordinal);

    [Theory]
    [InlineData("public string Id => \"supabase/20260101T1110_fill\";", 0)]
    [InlineData("public string Id { get; } = Prefix + \"20260101T1110_fill\"; private const string Prefix = \"supabase/\";", 0)]
    [InlineData("public string Id => System.Environment.MachineName;", 0)]
    [InlineData("public string Id => \"supabase/20260101T1111_other\";", 1)]
    public async Task Migration_of_code_can_be_required(string id, int expected)
    {
        var found = await RunAsync($"{Library} public sealed class Fill : DualDb.Migrations.IDataMigration {{ {id} }}", (Orders, "-- requires: supabase/20260101T1110_fill\nselect 1;"));

        Assert.Equal(expected, found.Count);
    }

    [Theory]
    [InlineData("\"supabase/20260101T1110_fill\"", "null", "DDB502 Code.cs(1): 'Fill' cannot be told from another: supabase/20260101T1110_fill was found in supabase/20260101T1110_fill.sql as well")]
    [InlineData("\"supabase/20260101T1120_fill\"", "[\"neon/20260101T1210_orders\"]", "DDB503 Code.cs(1): 'Fill' could never be applied: it requires neon/20260101T1210_orders, which is not there: did you mean neon/20260101T1200_orders?")]
    [InlineData("\"supabase/20260101T1120_fill\"", "new[] { \"neon/20260101T1200_order\" + \"s\" }", "DDB504 Code.cs(1): 'Fill' could never be applied: migrations require each other in a circle: supabase/20260101T1120_fill requires neon/20260101T1200_orders requires supabase/20260101T1120_fill;")]
    [InlineData("\"supabase/20260101T1120_fill\"", "System.Environment.GetCommandLineArgs()", null)]
    [InlineData("\"supabase/20260101T1120_fill\"", "new string[] { \"supabase/20260101T1110_fill\", System.Environment.MachineName }", null)]
    public async Task Migration_of_code_is_one_like_the_files(string id, string requires, string? expected)
    {
        const string WithRequires = "namespace DualDb.Migrations { public interface IDataMigration { string Id { get; } System.Collections.Generic.IReadOnlyList<string> Requires => null; } }";
        var found = await RunAsync(
            $"{WithRequires} public sealed class Fill : DualDb.Migrations.IDataMigration {{ public string Id => {id}; public System.Collections.Generic.IReadOnlyList<string> Requires => {requires}; }} public sealed class Other : DualDb.Migrations.IDataMigration {{ public string Id => \"neon/20260101T1300_other\"; }} public static class Used {{ public static object Of() => new Fill(); }}",
            ("supabase/20260101T1110_fill.sql", "select 1;"),
            (Orders, requires.StartsWith("new[]", StringComparison.Ordinal) ? "-- requires: supabase/20260101T1120_fill\nselect 1;" : "select 1;"));

        Assert.Equal(expected is null ? 0 : 1, found.Count);
        Assert.StartsWith(expected ?? "", string.Concat(found), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("public static object One() => new Left();", 0)]
    [InlineData("public static object One() => new Left(); public static System.Type Other() => typeof(Right);", 1)]
    [InlineData("public static object One() => new Left(); public static object[] Other() => Of<Right>(); private static T[] Of<T>() => [];", 1)]
    [InlineData("public static object One() => new Left(); public static object Other() => new Derived();", 0)]
    public async Task Classes_of_one_id_are_told_where_both_are_registered(string use, int expected)
    {
        var found = await RunAsync(
            $$"""
            {{Library}}
            public class Left : DualDb.Migrations.IDataMigration { public string Id => "supabase/20260101T1110_fill"; }
            public sealed class Derived : Left { }
            public sealed class Right : DualDb.Migrations.IDataMigration { public string Id => "supabase/20260101T1110_fill"; public static Right Make() => new Right(); }
            public static class Used { {{use}} }
            """,
            (Orders, "-- requires: supabase/20260101T1110_fill\nselect 1;"));

        Assert.Equal(expected, found.Count(static one => one.StartsWith("DDB502", StringComparison.Ordinal)));
        Assert.Equal(expected, found.Count);
    }

    [Fact]
    public async Task Class_that_has_the_id_of_a_file_and_is_registered_nowhere_is_no_second_one()
        => Assert.Empty(await RunAsync($"{Library} public sealed class Fill : DualDb.Migrations.IDataMigration {{ public string Id => \"neon/20260101T1200_orders\"; }}", (Orders, "select 1;")));

    [Fact]
    public async Task Script_that_is_run_again_moves_nothing()
        => Assert.Contains("a table is moved once, and this file is run again", Assert.Single(await RunAsync("", ("neon/R__orders.sql", "-- phase: backfill\n-- move: public.orders\n"))), StringComparison.Ordinal);

    private static async Task<IReadOnlyList<string>> RunAsync(string code, params IReadOnlyList<(string Path, string Text)> files)
    {
        var diagnostics = await AnalysisRun.RunAsync(Project.Of(("Code.cs", code)), files);
        return [.. diagnostics.Select(static diagnostic => $"{diagnostic.Id} {diagnostic.Location.GetLineSpan().Path}({diagnostic.Location.GetLineSpan().StartLinePosition.Line + 1}): {diagnostic.GetMessage(CultureInfo.InvariantCulture)}")];
    }
}
