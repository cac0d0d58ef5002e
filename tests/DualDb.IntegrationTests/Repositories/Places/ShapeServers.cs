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

    public LocalServers Servers => _servers!;

    public LocalPgBouncer NeonPooler => _beforeNeon!;

    public LocalPgBouncer SupabasePooler => _beforeSupabase!;

    public Place this[Endpoint endpoint] => endpoint == Endpoint.Direct ? _direct! : _pooled!;

    public async ValueTask InitializeAsync()
    {
        _servers = await LocalServers.StartAsync();
        _beforeNeon = await LocalPgBouncer.StartAsync(_servers.Neon);
        _beforeSupabase = await LocalPgBouncer.StartAsync(_servers.Supabase);
        _direct = await CreateAsync("shapes_direct", static (neon, supabase) => (neon, supabase));
        _pooled = await CreateAsync("shapes_pooled", (neon, supabase) => (_beforeNeon.Rewrite(neon), _beforeSupabase.Rewrite(supabase)));
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
        await place.ExecuteAsync(Database.Neon, Shapes.Neon.CustomTypes.Prerequisites);
        await place.ExecuteAsync(Database.Supabase, Shapes.Supabase.CustomTypes.Prerequisites);
        await place.Db.CreateTablesAsync(TestContext.Current.CancellationToken);
        return place;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var part in new IAsyncDisposable?[] { _pooled, _direct, _beforeSupabase, _beforeNeon, _servers })
        {
            if (part is not null)
            {
                await part.DisposeAsync();
            }
        }
    }
}
