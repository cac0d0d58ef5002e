using System.Globalization;
using DualDb.IntegrationTests.Repositories.Contract;
using DualDb.IntegrationTests.Repositories.Places;
using DualDb.Shapes;
using DualDb.Testing;

namespace DualDb.IntegrationTests.Repositories.Load;

/// <summary>2,000 mixed operations by 16 callers on both databases at once: no error, no wrong row, nothing left in a session.</summary>
public sealed class MixedLoadTests(ShapeServers servers, ITestOutputHelper output)
{
    private const int Callers = 16;
    private const int StepsPerCaller = 125;

    // Fewer numbers than the smallest key, a short, has values.
    private const int NumbersPerCaller = 1_900;

    // So few server connections that 16 callers really share them.
    private const int ServerConnections = 3;

    [Fact]
    public async Task Directly()
    {
        await using var place = await servers.CreateAsync("load_direct", static (neon, supabase) => (neon, supabase));

        await RunAsync(place);

        await AssertNothingIsLeftAsync(place, Place.MaxPoolSize, mayPrepare: true);
    }

    [Fact]
    public async Task Through_a_pooler()
    {
        await using var beforeNeon = await LocalPgBouncer.StartAsync(servers.Servers.Neon, static options => options.PoolSize = ServerConnections);
        await using var beforeSupabase = await LocalPgBouncer.StartAsync(servers.Servers.Supabase, static options => options.PoolSize = ServerConnections);
        await using var place = await servers.CreateAsync("load_pooled", (neon, supabase) => (beforeNeon.Rewrite(neon), beforeSupabase.Rewrite(supabase)));

        await RunAsync(place);

        await AssertNothingIsLeftAsync(place, ServerConnections, mayPrepare: false);
    }

    private async Task RunAsync(Place place)
    {
        IShape[] shapes = [.. Shapes.Neon.Catalogue.Shapes, .. Shapes.Supabase.Catalogue.Shapes];
        foreach (var shape in shapes)
        {
            await shape.Accept(new Preparation(place));
        }

        var callers = Enumerable.Range(0, Callers).Select(caller => WorkAsync(caller, place, shapes)).ToArray();
        var kept = await Task.WhenAll(callers);

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Callers * StepsPerCaller} operations by {Callers} callers on {shapes.Length} shapes, {kept.Sum()} repositories checked at the end."));
    }

    /// <summary>Works with every eighth shape of both databases, so that two callers meet in each table.</summary>
    private static async Task<int> WorkAsync(int caller, Place place, IShape[] shapes)
    {
        var random = new Random(caller);
        ICaller[] parts =
        [
            .. shapes
                .Where((_, index) => index % (Callers / 2) == caller % (Callers / 2))
                .Select(shape => shape.Accept(new Hiring(place, (caller * NumbersPerCaller) + 10, random))),
        ];
        for (var step = 0; step < StepsPerCaller; step++)
        {
            await parts[random.Next(parts.Length)].StepAsync();
        }

        foreach (var part in parts)
        {
            await part.AssertKeptAsync();
        }

        return parts.Length;
    }

    private static async Task AssertNothingIsLeftAsync(Place place, int connections, bool mayPrepare)
    {
        foreach (var database in new PostgresDatabase[] { place.Db.Neon, place.Db.Supabase })
        {
            var source = await database.GetDataSourceAsync(TestContext.Current.CancellationToken);
            Assert.Empty(await SessionState.LeftInAsync(source, connections, mayPrepare));
        }
    }

    private sealed class Preparation(Place place) : IShapeVisitor<Task>
    {
        public Task Visit<TEntity, TKey, TTransaction>(Shape<TEntity, TKey, TTransaction> shape)
            where TEntity : class
            where TKey : notnull
            where TTransaction : DatabaseTransaction
            => place.ClearAsync(EntityFacts.Of(typeof(TEntity)), shape.Before);
    }

    private sealed class Hiring(Place place, int firstNumber, Random random) : IShapeVisitor<ICaller>
    {
        public ICaller Visit<TEntity, TKey, TTransaction>(Shape<TEntity, TKey, TTransaction> shape)
            where TEntity : class
            where TKey : notnull
            where TTransaction : DatabaseTransaction
            => new Caller<TEntity, TKey, TTransaction>(shape, place, firstNumber, random);
    }
}
