using DualDb.Migrations.Files;

namespace DualDb.Migrations.Tests.Files;

/// <summary>Updates that are divided by <c>batch</c>, and such as have a fault in their syntax.</summary>
public sealed class DividedUpdateTests
{
    [Theory]
    [InlineData("update")]
    [InlineData("update orders")]
    [InlineData("update orders where total is null")]
    [InlineData("update set total = 0 where total is null")]
    [InlineData("update orders set")]
    [InlineData("update orders set where total is null")]
    [InlineData("update orders set total = 0 where")]
    [InlineData("update orders set total = 0) where total is null")]
    [InlineData("update orders (set total = 0 where total is null)")]
    public void Update_with_a_fault_in_its_syntax_is_refused_with_its_line(string sql)
    {
        var refused = Assert.Throws<MigrationFileException>(() => MigrationText.Parse("neon/20260101T1200_fill.sql", $"-- batch: 100\n\n{sql};"));

        Assert.Equal(3, refused.Line);
        Assert.Contains("'batch' divides the updates of the file, and ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parts_of_an_update_are_found()
    {
        var update = Assert.Single(MigrationText.Parse("neon/20260101T1200_fill.sql", "-- batch: 100\nupdate only shop.orders o set total = (select 1 where true) where o.total is null;").Up).Statements[0].Update!;

        Assert.Equal(("only shop.orders o", "shop.orders", "total = (select 1 where true)", "o.total is null"), (update.Target, update.Table, update.Assignments, update.Condition));
    }
}
