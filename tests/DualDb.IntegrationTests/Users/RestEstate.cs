using DualDb.IntegrationTests.Repositories;
using DualDb.IntegrationTests.Repositories.Places;
using DualDb.Testing;
using Npgsql;

namespace DualDb.IntegrationTests.Users;

/// <summary>The same tables and policies as in <see cref="Estate"/>, behind the REST API.</summary>
public sealed class RestEstate(ShapeServers servers) : IAsyncLifetime
{
    private readonly string _name = $"rest_estate_{Guid.NewGuid():n}";
    private Place? _place;
    private LocalSupabase? _api;
    private ShapesDb? _service;
    private ShapesDb? _root;

    public LocalSupabase Api => _api!;

    /// <summary>The application itself, over SQL.</summary>
    public ShapesDb Service => _service!;

    /// <summary>A root over REST, with the key that passes by all policies and the one that users come with.</summary>
    public ShapesDb Root => _root!;

    public async ValueTask InitializeAsync()
    {
        (_place, _api) = await servers.CreateRestAsync(_name);
        var neon = new NpgsqlConnectionStringBuilder(servers.Servers.Neon.ConnectionString) { Database = _name }.ConnectionString;
        var supabase = new NpgsqlConnectionStringBuilder(servers.Servers.Supabase.ConnectionString) { Database = _name }.ConnectionString;
        await _place.ExecuteAsync(Database.Supabase, Estate.Policies);
        _service = ShapesDb.Create(options => (options.Neon.ConnectionString, options.Supabase.ConnectionString) = (neon, supabase));
        _root = Open();

        ShapesDb Open() => ShapesDb.Create(options =>
        {
            options.Neon.ConnectionString = neon;
            options.Supabase.Url = Api.Url;
            options.Supabase.ApiKey = Api.SecretKey;
            options.Supabase.PublishableKey = Api.PublishableKey;
        });
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var part in new IAsyncDisposable?[] { _root, _service, _place, _api })
        {
            if (part is not null)
            {
                await part.DisposeAsync();
            }
        }
    }
}
