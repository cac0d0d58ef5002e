using DualDb.Migrations.Files;

namespace DualDb.Migrations.Tests.Planning;

public sealed class OrderTests
{
    [Fact]
    public void Requirements_decide_and_names_do_otherwise()
        => Assert.Equal(
            ["neon/20260101T0900_a", "supabase/20260101T1300_d", "neon/20260101T1200_c", "supabase/20260101T1100_b", "neon/20260101T1400_e"],
            Order(
                ("neon/20260101T1400_e", ""),
                ("neon/20260101T1200_c", "supabase/20260101T1300_d"),
                ("supabase/20260101T1300_d", ""),
                ("supabase/20260101T1100_b", "neon/20260101T1200_c"),
                ("neon/20260101T0900_a", "")));

    [Fact]
    public void Migration_that_says_nothing_waits_for_all_before_it_in_its_database()
        => Assert.Equal(
            ["supabase/20260101T0001_a", "neon/20260101T0002_free", "neon/20260101T0006_none", "supabase/20260101T0009_late", "neon/20260101T0001_waits", "neon/20260101T0003_silent", "neon/20260101T0004_silent"],
            Order(
                ("neon/20260101T0001_waits", "supabase/20260101T0009_late"),
                ("neon/20260101T0002_free", "none"),
                ("neon/20260101T0003_silent", ""),
                ("neon/20260101T0004_silent", ""),
                ("neon/20260101T0006_none", "none"),
                ("supabase/20260101T0001_a", ""),
                ("supabase/20260101T0009_late", "")));

    /// <summary>What is said wins: by what is implied alone, or by both together, there is no circle.</summary>
    [Fact]
    public void What_is_before_a_migration_and_requires_it_is_not_waited_for()
    {
        (string, string)[] files =
        [
            ("neon/20260101T0001_a", "supabase/20260101T0005_e"), ("neon/20260101T0002_b", ""), ("neon/20260101T0003_c", ""),
            ("supabase/20260101T0002_b", ""), ("supabase/20260101T0003_c", "neon/20260101T0002_b"), ("supabase/20260101T0004_d", ""), ("supabase/20260101T0005_e", ""),
        ];
        var expected = Order(files);
        Assert.Equal(["supabase/20260101T0002_b", "supabase/20260101T0005_e", "neon/20260101T0001_a", "neon/20260101T0002_b", "neon/20260101T0003_c", "supabase/20260101T0003_c", "supabase/20260101T0004_d"], expected);
        var random = new Random(7);
        for (var i = 0; i < 20; i++)
        {
            random.Shuffle(files);
            Assert.Equal(expected, Order(files));
        }
    }

    [Fact]
    public void Order_does_not_depend_on_how_files_were_found()
    {
        (string, string)[] files =
        [
            ("neon/20260101T0001_a", ""), ("supabase/20260101T0001_a", ""), ("neon/20260101T0002_b", "supabase/20260101T0003_c"), ("supabase/20260101T0003_c", "neon/20260101T0001_a"),
            ("neon/20260101T0004_d", "neon/20260101T0002_b, supabase/20260101T0001_a"), ("supabase/20260101T0005_e", "neon/20260101T0004_d"),
        ];
        var expected = Order(files);
        var random = new Random(7);
        for (var i = 0; i < 50; i++)
        {
            random.Shuffle(files);
            Assert.Equal(expected, Order(files));
        }
    }

    [Fact]
    public void Time_without_seconds_is_the_beginning_of_its_minute()
    {
        string[] expected =
        [
            "neon/20260101T1159_z", "neon/20260101T115959_a", "neon/20260101T1200_a", "supabase/20260101T1200_a", "neon/20260101T120000_a", "neon/20260101T1200_b", "neon/20260101T120001_a", "supabase/20260101T1201_a",
            "neon/R__a", "supabase/R__a", "neon/seeds/a",
        ];
        var ids = expected.Select(static id => id.Split('/', 2)).Select(static parts => new MigrationId(parts[0] == "neon" ? Database.Neon : Database.Supabase, parts[1])).ToArray();
        Assert.Equal(expected[..8], Order([.. expected[..8].Reverse().Select(static id => (id, ""))]));
        new Random(7).Shuffle(ids);
        Assert.Equal(expected, ids.Order().Select(static id => id.ToString()));
        foreach (var one in ids)
        {
            Assert.All(ids, other => Assert.Equal((one == other, one < other), (one.CompareTo(other) == 0, other.CompareTo(one) > 0)));
        }
    }

    [Fact]
    public void Circle_is_shown()
    {
        var refused = Assert.Throws<MigrationFileException>(() => Order(
            ("neon/20260101T0001_a", ""), ("neon/20260101T0002_b", "supabase/20260101T0003_c"), ("supabase/20260101T0003_c", "neon/20260101T0004_d"), ("neon/20260101T0004_d", "neon/20260101T0002_b"),
            ("neon/20260101T0005_e", "neon/20260101T0004_d")));

        Assert.Contains("neon/20260101T0002_b requires supabase/20260101T0003_c requires neon/20260101T0004_d requires neon/20260101T0002_b", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_requirement_is_named_with_what_may_be_meant()
    {
        var refused = Assert.Throws<MigrationFileException>(() => Order(("neon/20260101T0001_profiles", ""), ("neon/20260101T0002_b", "supabase/20260101T0001_profiles")));

        Assert.Contains("requires supabase/20260101T0001_profiles, which is not there: did you mean neon/20260101T0001_profiles?", refused.Message, StringComparison.Ordinal);
        Assert.Equal("neon/20260101T0002_b.sql", refused.File);
    }

    [Fact]
    public void Migration_that_requires_itself_is_a_circle()
        => Assert.Contains("circle", Assert.Throws<MigrationFileException>(() => Order(("neon/20260101T0001_a", "neon/20260101T0001_a"))).Message, StringComparison.Ordinal);

    private static string[] Order(params (string Id, string Requires)[] files)
        => [.. DualDbMigrations.Of(files.Select(file => (Migration)MigrationReader.Read(MigrationId.Parse(file.Id), file.Id + ".sql", (file.Requires.Length > 0 ? $"-- requires: {file.Requires}\n" : "") + "select 1;")))
            .Ids.Select(id => id.ToString())];
}
