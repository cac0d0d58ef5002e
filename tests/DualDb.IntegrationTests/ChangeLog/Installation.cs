namespace DualDb.IntegrationTests.ChangeLog;

/// <summary>Runs creating statements as the SDK does with those of tables: in one transaction, and one process after the other.</summary>
internal static class Installation
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task InstallAsync(this NeonDatabase database, params string[] statements)
    {
        await using var transaction = await database.BeginAsync(Token);
        await transaction.ExecuteAsync($"select pg_advisory_xact_lock(20261122)", Token);
        foreach (var statement in statements)
        {
            await transaction.ExecuteAsync($"{SqlFragment.Raw(statement)}", Token);
        }

        await transaction.CommitAsync(Token);
    }
}
