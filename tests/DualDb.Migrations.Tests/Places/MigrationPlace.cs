using System.Globalization;
using DualDb.Testing;
using Npgsql;

namespace DualDb.Migrations.Tests.Places;

/// <summary>A database of its own on each server, and a folder of migrations.</summary>
public sealed class MigrationPlace : IAsyncDisposable
{
    private static int s_number;

    private MigrationPlace(string neon, string supabase)
    {
        Neon = neon;
        Supabase = supabase;
        Db = Open();
    }

    public string Neon { get; }

    public string Supabase { get; }

    public TestDb Db { get; private set; }

    public string Folder { get; } = Directory.CreateTempSubdirectory("dualdb-migrations-").FullName;

    public static async Task<MigrationPlace> CreateAsync(MigrationServers servers)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"migrations_{Environment.ProcessId}_{Interlocked.Increment(ref s_number)}");
        return new MigrationPlace(await servers.Servers.Neon.CreateDatabaseAsync(name), await servers.Servers.Supabase.CreateDatabaseAsync(name));
    }

    public TestDb Open(Action<DualDbOptions>? configure = null) => TestDb.Create(options =>
    {
        Connect(options);
        configure?.Invoke(options);
    });

    /// <summary>Points options at the databases of this place.</summary>
    public void Connect(DualDbOptions options)
    {
        options.Neon.ConnectionString = Neon;
        options.Supabase.ConnectionString = Supabase;
        options.Neon.RetryDelay = options.Supabase.RetryDelay = TimeSpan.FromMilliseconds(20);
    }

    /// <summary>Writes a file of migrations, in the place of one of the same name.</summary>
    public MigrationPlace Write(string id, string sql)
    {
        var path = Path.Combine(Folder, id + ".sql");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, sql);
        return this;
    }

    public void Delete(string id) => File.Delete(Path.Combine(Folder, id + ".sql"));

    public MigrationRunner Runner(Action<MigrationOptions>? configure = null, params IReadOnlyCollection<IDataMigration> code)
        => Db.Migrations(DualDbMigrations.FromFolder(Folder).With(code), options =>
        {
            options.LockRetryDelay = TimeSpan.FromMilliseconds(20);
            options.Lease = TimeSpan.FromSeconds(10);
            configure?.Invoke(options);
        });

    public Task<T> AskNeonAsync<T>(string sql) => AskAsync<T>(Neon, sql);

    public Task<T> AskSupabaseAsync<T>(string sql) => AskAsync<T>(Supabase, sql);

    public Task<T> AskAsync<T>(Database database, string sql) => AskAsync<T>(database == Database.Neon ? Neon : Supabase, sql);

    /// <summary>Empties both databases, which is quicker than to create others.</summary>
    public async Task EmptyAsync()
    {
        await Db.DisposeAsync();
        foreach (var database in (Database[])[Database.Neon, Database.Supabase])
        {
            await AskAsync<object?>(database, "drop schema if exists dualdb cascade; drop schema public cascade; create schema public");
        }

        Db = Open();
    }

    /// <summary>Lets the leases of a migrator that is gone end, as time would.</summary>
    public async Task EndLeasesAsync()
    {
        foreach (var database in (Database[])[Database.Neon, Database.Supabase])
        {
            if (await AskAsync<bool>(database, "select to_regclass('dualdb.migration_lock') is not null"))
            {
                await AskAsync<object?>(database, "update dualdb.migration_lock set expires_at = '-infinity'");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Db.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private static async Task<T> AskAsync<T>(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
