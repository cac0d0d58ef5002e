namespace DualDb.IntegrationTests.Repositories.BadInput;

internal static class Refusal
{
    /// <summary>The exception names entity, database and column, and says more than one sentence: what is wrong, and what to do.</summary>
    public static void AssertHelps(DualDbException exception, string entity, Database database, string? column)
    {
        Assert.Equal(entity, exception.Entity);
        Assert.Equal(database, exception.Database);
        Assert.Contains(entity, exception.Message, StringComparison.Ordinal);
        Assert.Contains(database.ToString(), exception.Message, StringComparison.Ordinal);
        Assert.Matches(@"[^ ]\. [A-Z].+\.$", exception.Message);
        if (column is not null)
        {
            Assert.Contains(column, exception.Message, StringComparison.Ordinal);
        }
    }
}
