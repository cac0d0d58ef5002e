using System.Globalization;
using Npgsql;

namespace DualDb.Tool.Tests.Places;

/// <summary>A database of its own on each server, a folder of migrations, and the tool over them.</summary>
public sealed class ToolPlace : IAsyncDisposable
{
    private static int s_number;

    private ToolPlace(string neon, string supabase)
    {
        Neon = neon;
        Supabase = supabase;
        Folder = Directory.CreateTempSubdirectory("dualdb-tool-").FullName;
    }

    public string Neon { get; }

    public string Supabase { get; }

    /// <summary>Where the tool runs; the migrations lie in its folder "migrations".</summary>
    public string Folder { get; }

    public static async Task<ToolPlace> CreateAsync(ToolServers servers)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"tool_{System.Environment.ProcessId}_{Interlocked.Increment(ref s_number)}");
        return new ToolPlace(await servers.Servers.Neon.CreateDatabaseAsync(name), await servers.Servers.Supabase.CreateDatabaseAsync(name));
    }

    /// <summary>Writes a file of migrations, in the place of one of the same name.</summary>
    public ToolPlace Write(string id, string sql)
    {
        var path = Path.Combine(Folder, "migrations", id + ".sql");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, sql);
        return this;
    }

    public void Delete(string id) => File.Delete(Path.Combine(Folder, "migrations", id + ".sql"));

    /// <summary>Starts the tool with the databases of this place in its environment.</summary>
    public ToolProcess Start(params IReadOnlyList<string> args) => ToolProcess.Start(ToolProcess.Tool, Folder, Environment, args);

    /// <summary>Runs the tool to its end.</summary>
    public Task<ToolResult> RunAsync(params IReadOnlyList<string> args) => Start(args).EndAsync();

    /// <summary>Starts the application.</summary>
    public ToolProcess StartApp(params IReadOnlyList<string> args) => ToolProcess.Start(ToolProcess.App, Folder, Environment, args);

    public Dictionary<string, string> Environment => new(StringComparer.Ordinal) { ["NEON_DATABASE_URL"] = Neon, ["SUPABASE_DB_URL"] = Supabase };

    public Task<T> AskNeonAsync<T>(string sql) => AskAsync<T>(Neon, sql);

    public Task<T> AskSupabaseAsync<T>(string sql) => AskAsync<T>(Supabase, sql);

    /// <summary>Runs a statement in both databases.</summary>
    public async Task DoAsync(string sql)
    {
        await AskNeonAsync<object?>(sql);
        await AskSupabaseAsync<object?>(sql);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private static async Task<T> AskAsync<T>(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
