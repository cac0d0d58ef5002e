using DualDb;
using DualDb.Testing;

namespace Storefront.Setup;

/// <summary>The shop once more, with Supabase reached over the REST API of a local server before the database that was just filled.</summary>
internal sealed class SupabaseApi : IAsyncDisposable
{
    public const string Argument = "--supabase-api";

    private readonly LocalSupabase _local;

    private SupabaseApi(LocalSupabase local, ShopDb db)
    {
        _local = local;
        Db = db;
    }

    /// <summary>The root whose Supabase is reached over REST with a secret key, as a server of one's own does.</summary>
    public ShopDb Db { get; }

    public static async Task<SupabaseApi> OpenAsync(Databases databases, CancellationToken cancellationToken)
    {
        var local = await LocalSupabase.StartAsync(
            options =>
            {
                options.ConnectionString = databases.SupabaseUrl;
                options.Schemas.Add("storefront");
            },
            cancellationToken);
        var db = ShopDb.Create(options =>
        {
            // Where both are set, SQL is used.
            options.Supabase.ConnectionString = null;
            options.Supabase.Url = local.Url;
            options.Supabase.ApiKey = local.SecretKey;
            options.Supabase.PublishableKey = local.PublishableKey;
        });
        return new SupabaseApi(local, db);
    }

    /// <summary>The token of a user who has signed in.</summary>
    public string TokenOf(Guid userId) => _local.SignToken(userId);

    public async ValueTask DisposeAsync()
    {
        await Db.DisposeAsync();
        await _local.DisposeAsync();
    }
}
