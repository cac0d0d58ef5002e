using DualDb.IntegrationTests.Repositories;
using DualDb.IntegrationTests.Repositories.Places;
using DualDb.Testing;

namespace DualDb.IntegrationTests.Rest;

/// <summary>A project whose answers hold fifty rows at most, and whose tables are not all as the model says.</summary>
public sealed class BadInputPlace(ShapeServers servers) : IAsyncLifetime
{
    public const int MaxRows = 50;
    public const int Rows = 230;

    private Place? _place;
    private LocalSupabase? _api;

    public ShapesDb Db => _place!.Db;

    public LocalSupabase Api => _api!;

    public async ValueTask InitializeAsync()
    {
        (_place, _api) = await servers.CreateRestAsync($"rest_bad_{Guid.NewGuid():n}", static options => options.MaxRows = MaxRows);
        await _place.ExecuteAsync(Database.Supabase, Schema);
        await _api.ReloadSchemaAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>A root over REST with other options.</summary>
    public ShapesDb Open(Action<SupabaseOptions> configure) => ShapesDb.Create(options =>
    {
        options.Neon.ConnectionString = _api!.ConnectionString;
        options.Supabase.Url = _api.Url;
        options.Supabase.ApiKey = _api.PublishableKey;
        options.Supabase.RetryDelay = TimeSpan.FromMilliseconds(5);
        configure(options.Supabase);
    });

    public async ValueTask DisposeAsync()
    {
        foreach (var part in new IAsyncDisposable?[] { _place, _api })
        {
            if (part is not null)
            {
                await part.DisposeAsync();
            }
        }
    }

    private const string Schema =
        """
        create schema hidden;
        alter table user_stations set schema hidden;
        alter table user_notes rename column text to body;
        create function echo(word text) returns text language sql as $$ select word $$;
        create function echo_json(doc jsonb) returns jsonb language sql as $$ select doc $$;
        create function numbers(n integer) returns setof integer language sql as $$ select generate_series(1, n) $$;
        create function fixed_numbers(n integer) returns setof integer language sql immutable as $$ select generate_series(1, n) $$;
        create function either(a integer) returns text language sql as $$ select 'number' $$;
        create function either(a bigint) returns text language sql as $$ select 'larger' $$;
        """;
}
