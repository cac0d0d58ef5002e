using System.Globalization;
using Npgsql;

namespace DualDb.Sdk.Tests.RawSql;

public class SqlInterpolationTests
{
    private enum Small : byte
    {
        None,
        Some = 7,
    }

    private enum Huge : ulong
    {
        Max = ulong.MaxValue,
    }

    private static (string Sql, object?[] Values) Build(SqlInterpolation sql)
    {
        using var command = sql.CreateCommand();
        Assert.All(command.Parameters, parameter => Assert.Equal("", ((NpgsqlParameter)parameter).ParameterName));
        return (command.CommandText, [.. command.Parameters.Select(parameter => parameter.Value)]);
    }

    private static object? One(SqlInterpolation sql) => Assert.Single(Build(sql).Values);

    [Fact]
    public void Makes_each_hole_a_positional_parameter()
    {
        var city = "Bern'; drop table orders; --";

        var (sql, values) = Build($"select * from profiles where city = {city} and age > {30} and {{1}} = {city}");

        Assert.Equal("select * from profiles where city = $1 and age > $2 and {1} = $3", sql);
        Assert.Equal([city, 30, city], values);
    }

    [Fact]
    public void Has_no_parameters_without_holes() => Assert.Equal(("select 1", []), Build($"select 1"));

    [Fact]
    public void Inserts_trusted_text_and_quoted_names()
    {
        var (sql, values) = Build($"select {SqlFragment.Identifier("we\"ird; --")} from {SqlFragment.Identifier("Shop", "order")} {SqlFragment.Raw("limit")} {5}");

        Assert.Equal("select \"we\"\"ird; --\" from \"Shop\".\"order\" limit $1", sql);
        Assert.Equal([5], values);
    }

    [Fact]
    public void Numbers_the_parameters_of_a_part_anew()
    {
        SqlInterpolation condition = $"city = {"Bern"} and age > {30}";

        var (sql, values) = Build($"select {1} from profiles where ({condition}) or ({condition}) limit {5}");

        Assert.Equal("select $1 from profiles where (city = $2 and age > $3) or (city = $4 and age > $5) limit $6", sql);
        Assert.Equal([1, "Bern", 30, "Bern", 30, 5], values);
    }

    [Fact]
    public void Sends_null_without_a_type()
    {
        string? text = null;
        int? number = null;

        var (sql, values) = Build($"select {text}::text, {number}::int, {DBNull.Value}::int");

        Assert.Equal("select $1::text, $2::int, $3::int", sql);
        Assert.All(values, value => Assert.Same(DBNull.Value, value));
    }

    [Fact]
    public void Sends_enums_and_unsigned_numbers_as_numbers_that_PostgreSQL_has()
    {
        Small? some = Small.Some;

        Assert.Equal((short)7, One($"{Small.Some}"));
        Assert.Equal((short)7, One($"{some}"));
        Assert.Equal(6, One($"{DayOfWeek.Saturday}"));
        Assert.Equal((decimal)ulong.MaxValue, One($"{Huge.Max}"));
        Assert.Equal((short)-1, One($"{(sbyte)-1}"));
        Assert.Equal(65535, One($"{ushort.MaxValue}"));
        Assert.Equal(4294967295L, One($"{uint.MaxValue}"));
        Assert.Equal(18446744073709551615m, One($"{ulong.MaxValue}"));
    }

    [Fact]
    public void Sends_times_as_UTC()
    {
        var noon = new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.FromHours(2));

        Assert.Equal(TimeSpan.Zero, Assert.IsType<DateTimeOffset>(One($"{noon}")).Offset);
        Assert.Equal(noon, One($"{noon}"));
        Assert.Equal(DateTimeKind.Utc, Assert.IsType<DateTime>(One($"{noon.LocalDateTime}")).Kind);
        Assert.Equal(noon.UtcDateTime, One($"{noon.LocalDateTime}"));
    }

    [Fact]
    public void Sends_lists_as_arrays()
    {
        int[] ids = [1, 2];
        Small[] members = [Small.Some];
        DayOfWeek?[] days = [DayOfWeek.Monday, null];
        var moment = new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.FromHours(2));

        Assert.Same(ids, One($"{ids}"));
        Assert.Equal(new[] { 1, 2 }, One($"{new List<int> { 1, 2 }}"));
        Assert.Equal(new[] { 1, 2 }, One($"{ids.Where(id => id > 0)}"));
        Assert.Equal(new[] { "a", null }, One($"{new[] { "a", null }}"));
        Assert.Equal(new short[] { 7 }, One($"{members}"));
        Assert.Equal(new int?[] { 1, null }, One($"{days}"));
        Assert.Equal(new[] { 1L }, One($"{new[] { 1u }}"));
        Assert.Equal(TimeSpan.Zero, Assert.Single(Assert.IsType<DateTimeOffset[]>(One($"{new[] { moment }}"))).Offset);
        Assert.IsType<int[]>(One($"{Array.Empty<int>()}"));
        Assert.IsType<long[]>(One($"{new List<long>()}"));
        Assert.IsType<int[]>(One($"{new List<DayOfWeek>()}"));
        Assert.Equal(new byte[] { 1, 2 }, One($"{new byte[] { 1, 2 }}"));
    }

    [Fact]
    public void Refuses_what_PostgreSQL_cannot_take_and_names_the_hole()
    {
        var name = "a\0b";
        var when = new DateTime(2026, 7, 1);

        foreach (var (build, expression) in ((Action, string)[])[
            (() => Build($"{name}"), "name"),
            (() => Build($"{new[] { "x", name }}"), "new[] { \"x\", name }"),
            (() => Build($"{'\0'}"), "'\\0'"),
            (() => Build($"{when}"), "when"),
            (() => Build($"{new List<DateTime> { when }}"), "new List<DateTime> { when }")])
        {
            var exception = Assert.Throws<ArgumentException>(build);
            Assert.Contains($"{{{expression}}}", exception.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    public void Refuses_names_that_cannot_be(string name) => Assert.Throws<ArgumentException>(() => SqlFragment.Identifier(name));

    [Fact]
    public void Numbers_parameters_in_every_culture_alike()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("ar-SA");
            Assert.Equal("select $1", Build($"select {1}").Sql);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
