using DualDb.IntegrationTests.Repositories.Places;

namespace DualDb.IntegrationTests.Querying;

/// <summary>Databases of one test class's own: reached directly, and through PgBouncer.</summary>
public class QueryPlace(ShapeServers servers) : IAsyncLifetime
{
    /// <summary>How many specimens there are, with the keys from 1.</summary>
    public const int Specimens = 240;

    private const int Seed = 20_261_123;

    private Place? _direct;
    private Place? _pooled;

    /// <summary>Whether the rows are reached over REST.</summary>
    public bool UsesRest => Place.UsesRest(Database.Supabase);

    public Place Place => _direct!;

    public Repositories.ShapesDb Db => Place.Db;

    public Place this[Endpoint endpoint] => endpoint == Endpoint.Direct ? _direct! : _pooled!;

    public async ValueTask InitializeAsync() => (_direct, _pooled) = await OpenAsync();

    private protected virtual async Task<(Place Direct, Place Pooled)> OpenAsync()
    {
        var direct = await servers.CreateAsync($"querying_{Guid.NewGuid():N}", static (neon, supabase) => (neon, supabase));
        var pooled = await servers.CreateAsync(
            $"querying_{Guid.NewGuid():N}", (neon, supabase) => (servers.NeonPooler.Rewrite(neon), servers.SupabasePooler.Rewrite(supabase)));
        return (direct, pooled);
    }

    /// <summary>Puts the specimens where they were, in both.</summary>
    public async Task FillAsync()
    {
        foreach (var place in new[] { _direct!, _pooled! }.Distinct())
        {
            await place.ExecuteAsync(Database.Supabase, "truncate specimens");
            await place.Db.Specimens.InsertManyAsync(MakeSpecimens(), TestContext.Current.CancellationToken);
        }
    }

    /// <summary>The same specimens every time.</summary>
    public static IReadOnlyList<Specimen> MakeSpecimens()
    {
        var values = new SpecimenRows(new Random(Seed));
        return [.. Enumerable.Range(1, Specimens).Select(id => values.Next(id))];
    }

    public virtual async ValueTask DisposeAsync()
    {
        foreach (var place in new[] { _pooled, _direct })
        {
            if (place is not null)
            {
                await place.DisposeAsync();
            }
        }
    }
}
