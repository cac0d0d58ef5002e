namespace DualDb.Browser.Tests.Clicks;

/// <summary>What waits is tried, and rolled back.</summary>
internal static class MigrationClicks
{
    private const string Ended = "select count(*) from dualdb.operator_audit where action = 'migrations/dry-run' and outcome <> 'begun'";

    public static IReadOnlyDictionary<string, Func<Clicking, Task>> ByRoute { get; } = new Dictionary<string, Func<Clicking, Task>>(StringComparer.Ordinal)
    {
        ["migrations/actions/dry-run"] = static async at =>
        {
            // One that was applied waits as long as the history calls it otherwise.
            var last = await at.NeonAsync<string>("select max(name) from dualdb.migrations where name ~ '^[0-9]'");
            await RenameAsync(at, last, "20000101T0000_away");
            try
            {
                var before = await at.SupabaseAsync<long>(Ended);
                await at.GoAsync("/migrations");
                await at.DoAsync("dry-run", "a look ahead");
                await at.SupabaseHoldsAsync(Ended, before + 1, "the end of the trial is kept");
                Assert.Equal(0L, await at.NeonAsync<long>($"select count(*) from dualdb.migrations where name = '{last}'"));
            }
            finally
            {
                await RenameAsync(at, "20000101T0000_away", last);
            }
        },
    };

    private static Task<long> RenameAsync(Clicking at, string from, string to)
        => at.NeonAsync<long>($"with renamed as (update dualdb.migrations set name = '{to}' where name = '{from}' returning 1) select count(*) from renamed");
}
