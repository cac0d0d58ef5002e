namespace DualDb.Caching.Tests.Lifetimes;

/// <summary>Half an hour in which every read is of another key.</summary>
public sealed class ChurnTests
{
    private const int Keys = 1_000_000;
    private const int SizeLimit = 20_000;

    [Fact]
    public async Task A_million_keys_stay_within_the_configured_size()
    {
        using var rows = new Rows(static settings => settings with { Duration = TimeSpan.FromMinutes(5) }, new CachingOptions { SizeLimit = SizeLimit });
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var largest = 0;
        for (var key = 0; key < Keys; key++)
        {
            await rows.ReadAsync(key.ToString("D9", System.Globalization.CultureInfo.InvariantCulture));
            if (key % 1_000 == 0)
            {
                rows.Clock.Advance(TimeSpan.FromMinutes(30) * 1_000 / Keys);
                largest = Math.Max(largest, rows.Core.Memory.Count);
            }
        }

        Assert.Equal(Keys, rows.Statements);
        Assert.InRange(largest, 1, SizeLimit);
        await Eventually.HoldsAsync(() => rows.Core.Memory.Size == rows.Core.Memory.Count, "The size is not that of the entries.");
        Assert.True(rows.Core.Loads.IsEmpty);

        // Generous: a kilobyte for each entry that there is room for.
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, SizeLimit * 1_024L);
    }
}
