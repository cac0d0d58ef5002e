using System.Globalization;
using DualDb.Generators.Tests.Harness;

namespace DualDb.Generators.Tests;

/// <summary>The same model gives the same bytes, on every machine and in every run.</summary>
public sealed class DeterminismTests
{
    public static TheoryData<string> Cultures => ["fi-FI", "th-TH", "ar-SA", "tr-TR"];

    [Theory]
    [MemberData(nameof(Cultures))]
    public void The_culture_of_the_machine_changes_nothing(string name)
    {
        var culture = new CultureInfo(name);
        if (name == "th-TH")
        {
            culture.DateTimeFormat.Calendar = new ThaiBuddhistCalendar();
        }

        var invariant = Generate(CultureInfo.InvariantCulture);
        var local = Generate(culture);

        Assert.Equal(invariant, local);
    }

    [Fact]
    public void Two_runs_are_identical() => Assert.Equal(Generate(CultureInfo.InvariantCulture), Generate(CultureInfo.InvariantCulture));

    [Fact]
    public void The_order_of_the_files_changes_nothing()
    {
        var sources = new[] { Fixture.Source("Roles"), Fixture.Source("Keys") };

        var forward = GeneratorRun.Of(Fixture.Project(sources[0], sources[1])).Files;
        var backward = GeneratorRun.Of(Fixture.Project(sources[1], sources[0])).Files;

        Assert.Equal(forward.OrderBy(static file => file.Key, StringComparer.Ordinal), backward.OrderBy(static file => file.Key, StringComparer.Ordinal));
    }

    [Fact]
    public void Lines_end_the_same_everywhere()
        => Assert.All(GeneratorRun.OfFixture("Shop").Files.Values, static text => Assert.DoesNotContain('\r', text));

    private static IReadOnlyList<KeyValuePair<string, string>> Generate(CultureInfo culture)
    {
        var before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, culture);
            return [.. new[] { "Shop", "Scalars", "DeclaredTypes", "Keys" }.SelectMany(static name => GeneratorRun.OfFixture(name).Files)];
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = before;
        }
    }
}
