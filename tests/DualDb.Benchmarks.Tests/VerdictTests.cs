using System.Text.Json;
using DualDb.Benchmarks.Scorecard;

namespace DualDb.Benchmarks.Tests;

/// <summary>A broken floor is seen: in the row, in the JSON and in the exit code.</summary>
public sealed class VerdictTests
{
    private static readonly Floor AtMost = new() { Id = "fast", What = "", Unit = "×", AtMost = 1.1 };
    private static readonly Floor AtLeast = new() { Id = "slow", What = "", Unit = "×", AtLeast = 40 };

    [Theory]
    [InlineData(1.1, true)]
    [InlineData(0.2, true)]
    [InlineData(1.100_04, true)] // printed, and compared, as 1.1
    [InlineData(1.101, false)]
    [InlineData(double.NaN, false)]
    [InlineData(double.PositiveInfinity, false)]
    public void At_most_is_an_upper_limit(double value, bool ok)
        => Assert.Equal(ok, Row(AtMost, value).Ok);

    [Theory]
    [InlineData(40, true)]
    [InlineData(90, true)]
    [InlineData(39.9, false)]
    [InlineData(double.NaN, false)]
    public void At_least_is_a_lower_limit(double value, bool ok)
        => Assert.Equal(ok, Row(AtLeast, value).Ok);

    [Theory]
    [InlineData(2, true)]
    [InlineData(3, false)]
    [InlineData(null, false)]
    public void A_row_with_the_wrong_number_of_statements_is_broken(int? statements, bool ok)
        => Assert.Equal(ok, ScorecardRow.Of(AtMost with { Statements = 2 }, new Finding("fast", 1) { Statements = statements }, failure: null).Ok);

    [Fact]
    public void A_row_with_a_fault_or_without_a_value_is_broken()
    {
        Assert.False(ScorecardRow.Of(AtMost, new Finding("fast", 1) { Fault = "Something else." }, failure: null).Ok);
        Assert.False(ScorecardRow.Of(AtMost, finding: null, failure: null).Ok);
        Assert.Equal("not measured", ScorecardRow.Of(AtMost, finding: null, failure: null).Fault);
        Assert.Equal("It broke.", ScorecardRow.Of(AtMost, finding: null, failure: "It broke.").Fault);
    }

    [Fact]
    public void One_broken_floor_makes_the_exit_code()
    {
        Assert.Equal(0, ScorecardCommand.ExitCode([Row(AtMost, 1), Row(AtLeast, 41)]));
        Assert.NotEqual(0, ScorecardCommand.ExitCode([Row(AtMost, 1), Row(AtLeast, 39)]));
    }

    [Theory]
    [InlineData("--json")]
    [InlineData("--jsn", "file")]
    [InlineData("--only", "no_such_row")]
    public async Task A_command_line_that_makes_no_sense_measures_nothing(params string[] arguments)
        => Assert.Equal(2, await ScorecardCommand.RunAsync(arguments));

    [Fact]
    public void The_json_has_id_value_floor_and_ok_of_every_row()
    {
        var machine = new Machine(2, 8, "Linux", ".NET", "15.1");
        var report = new ScorecardReport(DateTimeOffset.UnixEpoch, machine, TimeSpan.FromSeconds(5), [Row(AtMost, 1.05), Row(AtLeast, 12), ScorecardRow.Of(AtMost with { Id = "none" }, finding: null, failure: null)]);
        using var json = JsonDocument.Parse(ScorecardJson.Of(report));
        var rows = json.RootElement.GetProperty("rows").EnumerateArray().ToList();

        Assert.Equal(["fast", "slow", "none"], rows.Select(static row => row.GetProperty("id").GetString()));
        Assert.Equal([1.1, 40, 1.1], rows.Select(static row => row.GetProperty("floor").GetDouble()));
        Assert.Equal([true, false, false], rows.Select(static row => row.GetProperty("ok").GetBoolean()));
        Assert.Equal(12, rows[1].GetProperty("value").GetDouble());
        Assert.Equal(JsonValueKind.Null, rows[2].GetProperty("value").ValueKind);
        Assert.False(json.RootElement.GetProperty("ok").GetBoolean());
        Assert.Equal(2, json.RootElement.GetProperty("machine").GetProperty("cores").GetInt32());
        Assert.Equal("1970-01-01T00:00:00+00:00", json.RootElement.GetProperty("date").GetString());
        Assert.Contains("-- scorecard", json.RootElement.GetProperty("command").GetString());
    }

    private static ScorecardRow Row(Floor floor, double value) => ScorecardRow.Of(floor, new Finding(floor.Id, value), failure: null);
}
