using DualDb.Migrations.Model;

namespace DualDb.Migrations.Tests.Model;

public sealed class SqlWordsTests
{
    [Theory]
    [InlineData("state = 'active'", "state = 'active'")]
    [InlineData("active and state <> 'active' -- active\n", "enabled and state <> 'active' -- active\n")]
    [InlineData("\"active\" or $t$active$t$ = E'\\'active'", "\"enabled\" or $t$active$t$ = E'\\'active'")]
    [InlineData("Active is not null and lower(active) in ('a') and inactive", "enabled is not null and lower(enabled) in ('a') and inactive")]
    [InlineData("active(active) and orders.active and active.active = 1", "active(enabled) and orders.enabled and active.enabled = 1")]
    [InlineData("state::active = 'a'::public.active and cast(state as active) = active 'a'", "state::active = 'a'::public.active and cast(state as active) = active 'a'")]
    [InlineData("active = 'no end", "active = 'no end")]
    public void Column_is_found_where_it_stands_and_nothing_else_is_taken_for_it(string sql, string renamed)
    {
        Assert.Equal(renamed, SqlWords.Replace(sql, "active", "enabled"));
        Assert.Equal(sql != renamed, SqlWords.Mentions(sql, "active"));
    }

    [Fact]
    public void Name_that_has_to_be_quoted_is_told_from_the_one_in_other_letters()
    {
        Assert.Equal("\"Total\" > \"New \"\"total\" and \"New \"\"total\" < 5", SqlWords.Replace("\"Total\" > total and TOTAL < 5", "total", "New \"total"));
        Assert.Equal("\"Sum\" > total", SqlWords.Replace("\"Total\" > total", "Total", "Sum"));
    }
}
