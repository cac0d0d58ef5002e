using DualDb.Testing;

namespace DualDb.IntegrationTests.Querying;

/// <summary>Conditions in SQL of the user's own.</summary>
public sealed class SqlConditionTests(QueryPlace place) : IClassFixture<QueryPlace>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Turns_values_into_parameters_and_columns_into_names()
    {
        await place.FillAsync();
        var rows = QueryPlace.MakeSpecimens();
        var specimens = place.Db.Specimens;
        var (text, five) = ("'; drop table specimens; --", 5);
        Assert.Equal(0, await specimens.Where(o => o.Sql($"{o.Name} = {text}")).CountAsync(Token));
        Assert.Equal(rows.Count(static row => row.Count > 5), await specimens.Where(o => o.Sql($"{o.Count} > {five}")).CountAsync(Token));
        Assert.Equal(rows.Count(static row => row.Name.Length == 0 || row.Count == 1), await specimens.Where(o => o.Sql($"{o.Name} = '' or {o.Count == 1}")).CountAsync(Token));
        Assert.Equal(rows.Count(static row => row.Count != 1), await specimens.Where(o => o.Sql($"not {o.Count == 1}")).CountAsync(Token));
        Assert.Equal(rows.Count(static row => row.Rank is null), await specimens.Where(o => o.Sql($"({o.Rank == 1 || o.Rank != 1}) is null")).CountAsync(Token));
        Assert.Equal(rows.Count(static row => row.Tags is not null), await specimens.Where(o => o.Sql($"not {o.Tags.HasAll([null!])}")).CountAsync(Token));
        Assert.Equal(rows.Count(static row => row.Id is 3 or 4 && row.Count < 5), await specimens.Where(o => o.Id.In(3, 4) && o.Sql($"{o.Count} < {five}")).CountAsync(Token));
        Assert.Equal(2, await specimens.Where(o => o.Sql($"{o.Id} = any({new long[] { 3, 4 }})")).CountAsync(Token));
        Assert.Equal(rows.Count(static row => row.Name is "'" or "\""), await specimens.Where(o => o.Sql($"""{o.Name} in ('''', '"')""")).CountAsync(Token));
        Assert.Equal(rows.Count(static row => row.Name == "'"), await specimens.Where(o => o.Sql($@"{o.Name} = E'\''")).CountAsync(Token));
        Assert.Equal(rows.Count(static row => row.Name == "\\"), await specimens.Where(o => o.Sql($@"{o.Name} = '\'")).CountAsync(Token));
        Assert.Equal(0, await specimens.Where(o => o.Sql($"{SqlFragment.Identifier("count")} < {five} and {SqlFragment.Raw("false")}")).CountAsync(Token));
        Assert.Equal(rows.Count, await specimens.Where(o => o.Sql($"'--' <> '/*;$1' and ';' = ';'")).CountAsync(Token));
    }

    [Theory]
    [InlineData("true; drop table specimens")]
    [InlineData("true -- all")]
    [InlineData("true /* all */")]
    [InlineData("true) or (true")]
    [InlineData("(true")]
    [InlineData("true)")]
    [InlineData("name = 'a")]
    [InlineData("\"name = 'a'")]
    [InlineData("count = $1")]
    [InlineData("name = $$a$$")]
    [InlineData("name = $a$'$a$; select $b$'$b$")]
    [InlineData("name = E'\\'' or true; --'")]
    [InlineData("")]
    [InlineData("  \n")]
    [InlineData("name = 'a\0'")]
    public void Refuses_what_is_not_one_condition(string text)
    {
        var refused = Assert.Throws<FormatException>(() => SpecimenColumns.Where(o => o.Sql($"{SqlFragment.Raw(text)}")));
        Assert.Contains(text.Length == 0 ? "empty" : "SQL condition", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_half_of_a_surrogate_pair()
        => Assert.Throws<FormatException>(() => SpecimenColumns.Where(o => o.Sql($"{SqlFragment.Raw("name = '\ud800'")}")));

    [Fact]
    public void Takes_quotes_that_are_escaped_either_way()
        => Assert.Contains("drop", SpecimenColumns.Where(o => o.Sql($@"name = e'a''\'; drop; --'")).ToString(), StringComparison.Ordinal);

    [Fact]
    public void Refuses_holes_that_would_be_text()
    {
        var value = "a";
        Assert.Throws<FormatException>(() => SpecimenColumns.Where(o => o.Sql($"name = '{value}'")));
        Assert.Throws<FormatException>(() => SpecimenColumns.Where(o => o.Sql($"name like '%{value}%'")));
        Assert.Throws<FormatException>(() => SpecimenColumns.Where(o => o.Sql($"'{o.Name}' = 'a'")));
        Assert.Throws<FormatException>(() => SpecimenColumns.Where(o => o.Sql($"'{o.Count == 1}' = 'a'")));
        Assert.Throws<FormatException>(() => SpecimenColumns.Where(o => o.Sql($"${value}$")));
        Assert.Throws<FormatException>(() => SpecimenColumns.Where(o => o.Sql($"true -{SqlFragment.Raw("- or")} 1")));
        Assert.Throws<FormatException>(() => SpecimenColumns.Where(o => o.Sql($"true /{SqlFragment.Raw("* or")} 1")));
        Assert.Throws<ArgumentNullException>(() => SpecimenColumns.Where(o => o.Sql($"{(Filter<Specimen>)null!}")));
    }

    [Fact]
    public async Task Leaves_the_answer_to_PostgreSQL()
    {
        var own = SpecimenColumns.Where(static o => o.Sql($"{o.Name} = 'a'"));
        Assert.Throws<NotSupportedException>(() => own.Matches(QueryPlace.MakeSpecimens()[0]));
        using var counter = StatementCounter.Start();
        await Assert.ThrowsAnyAsync<DualDbException>(() => place.Db.Specimens.Where(o => o.Sql($"no_such_column = 1")).ToListAsync(Token));
        await Assert.ThrowsAnyAsync<DualDbException>(() => place.Db.Specimens.Where(o => o.Sql($"true order by 1")).ToListAsync(Token));
        Assert.Equal(2, counter.Count);
    }
}
