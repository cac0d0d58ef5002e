using DualDb.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace DualDb.Generators.Tests;

/// <summary>What the compiler takes for a query, and what it does not: other entities' conditions, and what a type cannot do.</summary>
public class QueryCompilationTests
{
    [Theory]
    [InlineData("db.Orders.Where(o => o.Status == OrderStatus.Paid && o.Total > 5 && (o.Note == null || o.Note.ILike(\"%gift%\")))")]
    [InlineData("db.Orders.Where(o => o.Id == 1).UpdateAsync(set => set.Status(OrderStatus.Paid).Add(o => o.Total, 5))")]
    [InlineData("db.Orders.PatchAsync(1, set => set.Note(null).Add(o => o.Total, -5))")]
    [InlineData("db.Orders.PatchAsync(1, 3, set => set.Note(\"a\"))")]
    [InlineData("db.Orders.Where(OrderColumns.Where(o => o.Id > 3) && OrderColumns.Where(o => !(o.Id > 5)))")]
    [InlineData("db.Orders.Query().Select(o => o.Id, o => o.Total).ToListAsync()")]
    [InlineData("db.Orders.Query().GroupBy(o => o.Status).Select(g => g.Key, g => g.Count(), g => g.Sum(o => o.Total)).ToListAsync()")]
    [InlineData("db.Orders.OrderByDescending(o => o.CreatedAt, Nulls.Last).ThenBy(o => o.Id).Take(5).In(neon).ToPageAsync(5)")]
    [InlineData("db.Orders.Where(o => o.Sql($\"{o.Total} > {5}\")).CountAsync()")]
    [InlineData("db.Orders.Where(o => 5 < o.Total && o.Id.In(1, 2, 3) && o.Note.StartsWith(\"a\"))")]
    public void Takes_what_fits(string expression) => Assert.Empty(Errors(expression));

    [Theory]
    [InlineData("db.Orders.Where(ProfileColumns.Where(p => p.City == \"Bangkok\"))")]
    [InlineData("db.Orders.Where(o => o.Id == 1 && ProfileColumns.Where(p => p.City == \"Bangkok\"))")]
    [InlineData("db.Orders.Where((ProfileColumns o) => o.City == \"Bangkok\")")]
    [InlineData("db.Orders.Where(o => o.Total.Like(\"x\"))")]
    [InlineData("db.Orders.Where(o => o.Total == \"x\")")]
    [InlineData("db.Orders.Where(o => o.Note > 5)")]
    [InlineData("db.Orders.Where(o => o.Status == 7)")]
    [InlineData("db.Orders.Where(o => o.UserId == 7)")]
    [InlineData("db.Orders.Where(o => o.Total.Year() == 2024)")]
    [InlineData("db.Orders.Where(o => o.Note.Has(\"a\"))")]
    [InlineData("db.Orders.Where(o => true)")]
    [InlineData("db.Orders.Where(o => o.Id)")]
    [InlineData("db.Orders.Where(o => o.Sql(\"true\"))")]
    [InlineData("db.Orders.Where(o => o.Sql(\"id = \" + text))")]
    [InlineData("db.Orders.Query().In(supabase)")]
    [InlineData("db.Orders.Query().SumAsync(o => o.Note)")]
    [InlineData("db.Orders.Query().AverageAsync(o => o.CreatedAt)")]
    [InlineData("db.Orders.AllRows().UpdateAsync(set => set.Id(5))")]
    [InlineData("db.Orders.AllRows().UpdateAsync(set => set.Version(5))")]
    [InlineData("db.Orders.AllRows().UpdateAsync(set => set.Total(\"5\"))")]
    [InlineData("db.Orders.AllRows().UpdateAsync(set => set.Add(o => o.Note, \"a\"))")]
    [InlineData("db.Orders.AllRows().UpdateAsync(set => set.Add(o => o.Total, 5.0))")]
    [InlineData("db.Orders.AllRows().UpdateAsync(set => set.Copy(o => o.Total, o => o.Note))")]
    [InlineData("db.Profiles.PatchAsync(System.Guid.Empty, 3, set => set.City(\"a\"))")]
    public void Takes_nothing_else(string expression) => Assert.NotEmpty(Errors(expression));

    private static IReadOnlyList<string> Errors(string expression)
        => [.. GeneratorRun.Of(Fixture.Project(
                Fixture.Source("Shop"),
                $$"""
                using DualDb;
                namespace Shop;
                internal static class Calls
                {
                    internal static object Call(ShopDb db, NeonTransaction neon, SupabaseTransaction supabase, string text) => {{expression}};
                }
                """))
            .Output.GetDiagnostics(TestContext.Current.CancellationToken)
            .Where(static diagnostic => diagnostic.Severity >= DiagnosticSeverity.Error)
            .Select(static diagnostic => diagnostic.ToString())];
}
