using System.Reflection;
using DualDb.Mapping;
using DualDb.Shapes;
using DualDb.Testing;
using Npgsql;

namespace DualDb.IntegrationTests.Repositories.Places;

/// <summary>A root on a pair of databases of its own, and a way around it to look at what is really there.</summary>
public sealed class Place : IAsyncDisposable
{
    /// <summary>Low, so that a test reaches COPY with few rows.</summary>
    public const int CopyThreshold = 20;

    public const int MaxPoolSize = 10;

    private readonly NpgsqlDataSource _neon;
    private readonly NpgsqlDataSource _supabase;

    private Place(ShapesDb db, NpgsqlDataSource neon, NpgsqlDataSource supabase)
    {
        Db = db;
        _neon = neon;
        _supabase = supabase;
    }

    public ShapesDb Db { get; }

    /// <summary>Opens a root.</summary>
    /// <param name="neon">The connection string of the root's Neon database, perhaps of a pooler or proxy before it.</param>
    /// <param name="supabase">The same of Supabase.</param>
    /// <param name="behindNeon">The server itself.</param>
    /// <param name="behindSupabase">The other server itself.</param>
    public static Place Open(string neon, string supabase, string behindNeon, string behindSupabase)
    {
        var db = ShapesDb.Create(options =>
        {
            Configure(options.Neon, neon);
            Configure(options.Supabase, supabase);
        });
        return new Place(db, Around(behindNeon), Around(behindSupabase));
    }

    /// <summary>Opens a root whose Supabase is reached over REST.</summary>
    /// <param name="neon">The connection string of the root's Neon database.</param>
    /// <param name="api">The REST API.</param>
    /// <param name="behindSupabase">The database behind it.</param>
    public static Place OpenRest(string neon, LocalSupabase api, string behindSupabase)
    {
        ArgumentNullException.ThrowIfNull(api);
        var db = ShapesDb.Create(options =>
        {
            Configure(options.Neon, neon);
            options.Supabase.Url = api.Url;
            options.Supabase.ApiKey = api.SecretKey;
        });
        return new Place(db, Around(neon), Around(behindSupabase));
    }

    /// <summary>Whether a database of the root is reached over REST.</summary>
    public bool UsesRest(Database database) => database == Database.Supabase && Db.Supabase.Rest is not null;

    /// <summary>The repository that a root offers under a generated interface.</summary>
    public object RepositoryOf(Type type)
        => typeof(ShapesDb)
            .GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Single(property => property.PropertyType == type && !property.Name.Contains('.', StringComparison.Ordinal))
            .GetValue(Db)!;

    public async Task<DatabaseTransaction> BeginAsync(Database database)
        => database == Database.Neon ? await Db.BeginNeonAsync() : await Db.BeginSupabaseAsync();

    /// <summary>Empties a table and prepares it anew. The root does not see it, so that its cache is told.</summary>
    public async Task ClearAsync(EntityInfo entity, string? before)
    {
        await ExecuteAsync(entity.Database, $"delete from {TableOf(entity)}; {before}");
        await Db.Cache.InvalidateTagAsync(Samples.CacheTag);
    }

    /// <summary>How many rows there really are, marked ones included.</summary>
    public async Task<long> CountAsync(EntityInfo entity) => (long)(await ScalarAsync(entity.Database, $"select count(*) from {TableOf(entity)}"))!;

    public async Task ExecuteAsync(Database database, string sql)
    {
        await using var command = Behind(database).CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    public async Task<object?> ScalarAsync(Database database, string sql)
    {
        await using var command = Behind(database).CreateCommand(sql);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await Db.DisposeAsync();
        await _neon.DisposeAsync();
        await _supabase.DisposeAsync();
    }

    public static string TableOf(EntityInfo entity)
    {
        ArgumentNullException.ThrowIfNull(entity);
        return $"{Quote(entity.Schema)}.{Quote(entity.Table)}";
    }

    private NpgsqlDataSource Behind(Database database) => database == Database.Neon ? _neon : _supabase;

    private static string Quote(string identifier) => "\"" + identifier.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    private static void Configure(DatabaseOptions options, string connectionString)
    {
        options.ConnectionString = connectionString;
        options.CopyThreshold = CopyThreshold;
        options.MaxPoolSize = MaxPoolSize;
    }

    private static NpgsqlDataSource Around(string connectionString)
        => NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { MaxPoolSize = 3, ApplicationName = "around" });
}
