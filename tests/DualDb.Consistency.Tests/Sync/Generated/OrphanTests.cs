using System.Text.Json;
using DualDb.Consistency.Sync.Verification;
using DualDb.Consistency.Tests.Places;

namespace DualDb.Consistency.Tests.Sync.Generated;

/// <summary>No foreign key watches over what one database refers to in the other.</summary>
public sealed class OrphanTests(ConsistencyServers servers)
{
    private static readonly VerificationOptions Quick = new() { Patience = TimeSpan.Zero };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rows_that_refer_to_nothing_are_told_among_thousands_that_do_not()
    {
        await using var db = await CreateAsync();
        await db.Neon.ExecuteAsync($"insert into members (id, name, points, version) select md5(n::text)::uuid, 'member', 0, 1 from generate_series(1, 12000) n", Stop);
        await db.Supabase.ExecuteAsync($"insert into member_notes (id, member_id, text) select n, md5(n::text)::uuid, '' from generate_series(1, 12000) n", Stop);
        await db.Supabase.ExecuteAsync($"insert into member_notes (id, member_id, text) values (20001, md5('a')::uuid, ''), (20002, md5('a')::uuid, ''), (20003, md5('b')::uuid, ''), (20004, null, '')", Stop);

        var report = await db.Sync.VerifyAsync(Quick, Stop);
        var reference = Assert.Single(report.References);
        // Nobody carries the members to their profiles: whether something was on its way is not known.
        Assert.Equal(("MemberNote.MemberId -> Member", 12_002L, false, false), (reference.Reference, reference.Values, reference.IsPartial, reference.IsConfirmed));
        Assert.Equal(
            [("0cc175b9-c0f1-b6a8-31c3-99e269772661", 2L), ("92eb5ffe-e6ae-2fec-3ad7-1c777531578f", 1L)],
            reference.Orphans.Select(static orphan => (orphan.Value, orphan.Rows)));
        Assert.False(report.IsConsistent);
        Assert.Contains("2 are missing", report.ToTable(), StringComparison.Ordinal);
        using var json = JsonDocument.Parse(report.ToJson());
        Assert.Equal(2, json.RootElement.GetProperty("references")[0].GetProperty("orphans")[0].GetProperty("rows").GetInt32());

        Assert.True(Assert.Single((await db.Sync.VerifyAsync(new VerificationOptions { Patience = TimeSpan.Zero, MaxDifferences = 1 }, Stop)).References).IsPartial);
        Assert.Empty((await db.Sync.VerifyAsync(new VerificationOptions { Patience = TimeSpan.Zero, Orphans = false }, Stop)).References);
    }

    [Fact]
    public async Task What_arrives_or_goes_while_it_is_looked_for_is_no_orphan()
    {
        await using var db = await CreateAsync();
        var clock = new Caught();
        await using var watched = Open(db, clock);
        await db.Supabase.ExecuteAsync($"insert into member_notes (id, member_id, text) values (1, md5('late')::uuid, ''), (2, md5('gone')::uuid, ''), (3, md5('orphan')::uuid, '')", Stop);
        var verifying = watched.Sync.VerifyAsync(Quick, Stop);
        await clock.Waiting;
        await db.Neon.ExecuteAsync($"insert into members (id, name, points, version) values (md5('late')::uuid, 'late', 0, 1)", Stop);
        await db.Supabase.ExecuteAsync($"delete from member_notes where id = 2", Stop);
        clock.LetGo();
        Assert.Equal(1, Assert.Single(Assert.Single((await verifying).References).Orphans).Rows);
    }

    private async Task<TestDb> CreateAsync()
    {
        var name = $"orphans_{Environment.ProcessId}_{Guid.NewGuid():N}";
        var (neon, supabase) = (await servers.Servers.Neon.CreateDatabaseAsync(name), await servers.Servers.Supabase.CreateDatabaseAsync(name));
        var db = TestDb.Create(options => (options.Neon.ConnectionString, options.Supabase.ConnectionString) = (neon, supabase));
        await db.CreateTablesAsync(Stop);
        await db.Sync.InstallAsync(Stop);
        return db;
    }

    private static TestDb Open(TestDb db, TimeProvider clock) => TestDb.Create(options =>
    {
        (options.Neon.ConnectionString, options.Supabase.ConnectionString) = (db.Neon.Options.ConnectionString, db.Supabase.Options.ConnectionString);
        options.TimeProvider = clock;
    });

    /// <summary>A clock on which a second does not end before it is let go.</summary>
    private sealed class Caught : TimeProvider
    {
        private readonly TaskCompletionSource _waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private Action? _end;

        public Task Waiting => _waiting.Task;

        public void LetGo() => _end!();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime != TimeSpan.FromSeconds(1))
            {
                return base.CreateTimer(callback, state, dueTime, period);
            }

            _end = () => callback(state);
            _waiting.TrySetResult();
            return System.CreateTimer(static _ => { }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }
}
