using DualDb.Consistency.Sync;
using DualDb.Consistency.Tests.Places;
using DualDb.Migrations;
using DualDb.Testing;

namespace DualDb.Consistency.Tests.Sync.Pausing;

/// <summary>Two maps, of which one waits, and a folder of migrations.</summary>
internal sealed class PausePlace : IAsyncDisposable
{
    private const string Notes = "create table notes (id bigint primary key, label text)";

    private PausePlace(SyncPlace place) => Place = place;

    public SyncPlace Place { get; }

    public DatabaseSync Sync => Place.Sync;

    public string Folder { get; } = Directory.CreateTempSubdirectory("dualdb.pause.").FullName;

    public static async Task<PausePlace> CreateAsync(LocalServers servers, SyncDirection direction = SyncDirection.OneWay)
        => new(await SyncPlace.CreateAsync(servers, [Maps.Of(direction), NotesMap()], Maps.Items + "; " + Notes, Maps.Copies + "; " + Notes.Replace("notes", "cards", StringComparison.Ordinal)));

    /// <summary>Starts a node, and waits until it carries.</summary>
    public async Task<Consistency.Sync.Running.SyncService> StartAsync(Action<SyncOptions>? configure = null, Action<SyncAlert>? alerts = null)
    {
        var node = await Place.StartAsync(configure, alerts: alerts);
        await Eventually.HoldsAsync(() => node.States.All(static state => state.IsHeld), "a node");
        return node;
    }

    public PausePlace Write(string id, string sql)
    {
        var file = Path.Combine(Folder, id + ".sql");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, sql);
        return this;
    }

    /// <summary>Applies the migrations.</summary>
    /// <param name="probe">Is called at each point that a run comes to.</param>
    public Task<MigrationRun> MigrateAsync(Action<string>? probe = null) => Place.Db.Migrations(DualDbMigrations.FromFolder(Folder), options =>
    {
        options.Lease = TimeSpan.FromSeconds(10);
        options.LockRetryDelay = TimeSpan.FromMilliseconds(20);
        options.Probe = probe ?? (static _ => { });
    }).MigrateAsync(TestContext.Current.CancellationToken);

    /// <summary>Waits until all that was committed has arrived, and makes sure that it is equal.</summary>
    public async Task IsEqualAsync()
    {
        await Place.SettleAsync();
        Assert.Empty(await Sync.ParkedAsync());
        Assert.True((await Sync.VerifyAsync()).IsEqual);
    }

    /// <summary>Waits until a row of the map that goes on has arrived, which is written now.</summary>
    public async Task NoteArrivesAsync(long id)
    {
        await Place.NeonAsync($"insert into notes values ({id}, 'on')");
        await Eventually.HoldsAsync(async () => await Place.SupabaseAsync($"select count(*) from cards where id = {id}") is 1L, "a row of the other map");
    }

    public async Task<long> CopiesAsync(long id) => (long)(await Place.SupabaseAsync($"select count(*) from copies where item_id = {id}"))!;

    /// <summary>How many pauses hold just now, in both databases.</summary>
    public async Task<long> OpenAsync()
    {
        const string open = "select count(*) from dualdb.sync_pauses where ended_at is null and expires_at > clock_timestamp()";
        return (long)(await Place.NeonAsync(open))! + (long)(await Place.SupabaseAsync(open))!;
    }

    public async ValueTask DisposeAsync()
    {
        await Place.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private static SyncMap NotesMap() => new()
    {
        Name = "notes",
        Source = new SyncTable(Database.Neon, "public", "notes"),
        Target = new SyncTable(Database.Supabase, "public", "cards"),
        Columns = [new SyncColumn("id", "id") { IsKey = true }, new SyncColumn("label", "label")],
    };
}
