using DualDb.IntegrationTests.Repositories.Contract;
using DualDb.IntegrationTests.Repositories.Places;
using DualDb.Testing;

[assembly: AssemblyFixture(typeof(ShapeServers))]

namespace DualDb.IntegrationTests.Repositories.Places;

/// <summary>The servers of these tests, with a PgBouncer in transaction mode before each, and the tables of all shapes.</summary>
public sealed class ShapeServers : IAsyncLifetime
{
    private LocalServers? _servers;
    private LocalPgBouncer? _beforeNeon;
    private LocalPgBouncer? _beforeSupabase;
    private Place? _direct;
    private Place? _pooled;
    private Place? _rest;
    private LocalSupabase? _api;

    public LocalServers Servers => _servers!;

    public LocalPgBouncer NeonPooler => _beforeNeon!;

    public LocalPgBouncer SupabasePooler => _beforeSupabase!;

    public Place this[Endpoint endpoint] => endpoint switch
    {
        Endpoint.Direct => _direct!,
        Endpoint.Pooled => _pooled!,
        _ => _rest!,
    };

    public async ValueTask InitializeAsync()
    {
        _servers = await LocalServers.StartAsync();
        _beforeNeon = await LocalPgBouncer.StartAsync(_servers.Neon);
        _beforeSupabase = await LocalPgBouncer.StartAsync(_servers.Supabase);
        _direct = await CreateAsync("shapes_direct", static (neon, supabase) => (neon, supabase));
        _pooled = await CreateAsync("shapes_pooled", (neon, supabase) => (_beforeNeon.Rewrite(neon), _beforeSupabase.Rewrite(supabase)));
        (_rest, _api) = await CreateRestAsync("shapes_rest");
    }

    /// <summary>A pair of new databases with the tables of all shapes, of which Supabase's is reached over REST.</summary>
    public async Task<(Place Place, LocalSupabase Api)> CreateRestAsync(string name, Action<LocalSupabaseOptions>? configure = null)
    {
        var neon = await Servers.Neon.CreateDatabaseAsync(name);
        var supabase = await Servers.Supabase.CreateDatabaseAsync(name);
        await using (var direct = Place.Open(neon, supabase, neon, supabase))
        {
            await CreateTablesAsync(direct);
        }

        var schemas = EntityFacts.All.Where(static entity => entity.Database == Database.Supabase).Select(static entity => entity.Schema).Distinct(StringComparer.Ordinal);
        var api = await LocalSupabase.StartAsync(options =>
        {
            options.ConnectionString = supabase;
            foreach (var schema in schemas.Where(static schema => !string.Equals(schema, "public", StringComparison.Ordinal)))
            {
                options.Schemas.Add(schema);
            }

            configure?.Invoke(options);
        });
        return (Place.OpenRest(neon, api, supabase), api);
    }

    /// <summary>A pair of new databases with the tables of all shapes, made through the root itself.</summary>
    /// <param name="name">The name of both.</param>
    /// <param name="via">What the root is to be given for the connection strings of the two servers.</param>
    public async Task<Place> CreateAsync(string name, Func<string, string, (string Neon, string Supabase)> via)
    {
        ArgumentNullException.ThrowIfNull(via);
        var neon = await Servers.Neon.CreateDatabaseAsync(name);
        var supabase = await Servers.Supabase.CreateDatabaseAsync(name);
        var (toNeon, toSupabase) = via(neon, supabase);
        var place = Place.Open(toNeon, toSupabase, neon, supabase);
        await CreateTablesAsync(place);
        return place;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var part in new IAsyncDisposable?[] { _rest, _api, _pooled, _direct, _beforeSupabase, _beforeNeon, _servers })
        {
            if (part is not null)
            {
                await part.DisposeAsync();
            }
        }
    }

    private static async Task CreateTablesAsync(Place place)
    {
        await place.ExecuteAsync(Database.Neon, Shapes.Neon.CustomTypes.Prerequisites);
        await place.ExecuteAsync(Database.Supabase, Shapes.Supabase.CustomTypes.Prerequisites);
        await place.Db.CreateTablesAsync(TestContext.Current.CancellationToken);
    }
}
