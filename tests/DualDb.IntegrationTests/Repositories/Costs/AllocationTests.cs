using System.Globalization;
using DualDb.IntegrationTests.Repositories.Places;
using DualDb.Shapes.Neon;

namespace DualDb.IntegrationTests.Repositories.Costs;

/// <summary>What a read by key allocates, in all threads, beyond the entity itself.</summary>
[Collection(AloneCollection.Name)]
public sealed class AllocationTests(ShapeServers servers, ITestOutputHelper output)
{
    private const int Calls = 2_000;
    private const int Rounds = 8;
    private const int Limit = 2_000;

    [Theory]
    [InlineData(Endpoint.Direct)]
    [InlineData(Endpoint.Pooled)]
    public async Task Find_by_an_integer_stays_within_2000_bytes(Endpoint endpoint)
    {
        var rows = servers[endpoint].Db.NeonPositionalRecords;
        var row = await rows.InsertAsync(new PositionalRecord(0, "a name of usual length", 12.34m, new DateOnly(2024, 2, 29)) { IsPaid = true });

        await AssertAllocatesAsync(
            () => rows.FindAsync(row.Id),
            () => row with { Name = new string(row.Name.AsSpan()) });
    }

    [Theory]
    [InlineData(Endpoint.Direct)]
    [InlineData(Endpoint.Pooled)]
    public async Task Find_by_an_identifier_stays_within_2000_bytes(Endpoint endpoint)
    {
        var rows = servers[endpoint].Db.NeonInitRecords;
        var row = await rows.UpsertAsync(new InitRecord { Id = Guid.NewGuid(), Name = "a name of usual length", Rank = 7 });

        await AssertAllocatesAsync(
            () => rows.FindAsync(row.Id),
            () => row with { Name = new string(row.Name.AsSpan()) });
    }

    [Theory]
    [InlineData(Endpoint.Direct)]
    [InlineData(Endpoint.Pooled)]
    public async Task Find_by_a_composite_key_stays_within_2000_bytes(Endpoint endpoint)
    {
        var rows = servers[endpoint].Db.NeonPairKeys;
        var row = await rows.UpsertAsync(new PairKey { Left = 1, Right = "a name of usual length", Note = null });

        await AssertAllocatesAsync(
            () => rows.FindAsync((row.Left, row.Right)),
            () => row with { Right = new string(row.Right.AsSpan()) });
    }

    private async Task AssertAllocatesAsync<TEntity>(Func<ValueTask<TEntity?>> find, Func<TEntity> entity)
        where TEntity : class
    {
        Assert.Equal(entity(), await find());
        var whole = await MeasureAsync(find);
        var alone = await MeasureAsync(() => ValueTask.FromResult<TEntity?>(entity()));

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{whole:0} B per call, {alone:0} B of them the entity: {whole - alone:0} B above it."));
        Assert.InRange(whole - alone, 0, Limit);
    }

    /// <summary>The least of several rounds: what the runtime does beside them (tiering, timers) only adds.</summary>
    private static async Task<double> MeasureAsync<TEntity>(Func<ValueTask<TEntity?>> call)
        where TEntity : class
    {
        var least = double.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            for (var index = 0; index < Calls; index++)
            {
                GC.KeepAlive(await call());
            }

            least = Math.Min(least, (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)Calls);
        }

        return least;
    }
}
