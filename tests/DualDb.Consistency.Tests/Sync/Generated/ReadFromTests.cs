using DualDb.Consistency.Sync;
using DualDb.Consistency.Tests.Places;
using Microsoft.Extensions.DependencyInjection;

namespace DualDb.Consistency.Tests.Sync.Generated;

/// <summary>A row that both databases have is read where it is nearer, and from the other one where that is away.</summary>
public sealed class ReadFromTests(ConsistencyServers servers)
{
    // Nothing listens there.
    private const string Away = "Host=127.0.0.1;Port=1;Username=nobody;Database=nothing;Timeout=2";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, "own")]
    [InlineData(Database.Neon, "own")]
    [InlineData(Database.Supabase, "copy")]
    public async Task A_row_is_read_where_it_is_nearer(Database? nearest, string expected)
    {
        await using var db = await FilledAsync(nearest);
        Assert.Equal("own", (await db.Tickets.FindAsync(1, ReadFrom.Primary, Stop))?.Title);
        var ticket = await db.Tickets.FindAsync(1, ReadFrom.Nearest, Stop);
        Assert.Equal((expected, TicketState.Open, 12.50m, 3), (ticket?.Title, ticket?.State, ticket?.Price, ticket?.Version));
        Assert.Equal(["a"], ticket?.Tags);
        Assert.Null(await db.Tickets.FindAsync(2, ReadFrom.Nearest, Stop));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await db.Tickets.FindAsync(1, (ReadFrom)9, Stop));
    }

    [Theory]
    [InlineData(Database.Neon, "profile", "member")]
    [InlineData(Database.Supabase, "profile", "profile")]
    public async Task Both_entities_of_a_map_are_read_from_each_other_under_their_own_names(Database nearest, string primary, string expected)
    {
        await using var db = await FilledAsync(nearest);
        var id = Guid.Empty;
        Assert.Equal(primary, (await db.MemberProfiles.FindAsync(id, ReadFrom.Primary, Stop))?.Name);
        Assert.Equal(expected, (await db.MemberProfiles.FindAsync(id, ReadFrom.Nearest, Stop))?.Name);
        Assert.Equal(expected, (await db.Members.FindAsync(id, ReadFrom.Nearest, Stop))?.Name);
    }

    [Fact]
    public async Task Where_the_nearest_is_away_the_other_one_is_read()
    {
        var place = await CreateAsync(null);
        await using var neonIsAway = Open((Away, place.Supabase), Database.Neon);
        Assert.Equal("copy", (await neonIsAway.Tickets.FindAsync(1, ReadFrom.Nearest, Stop))?.Title);
        await Assert.ThrowsAsync<DatabaseUnavailableException>(async () => await neonIsAway.Tickets.FindAsync(1, ReadFrom.Primary, Stop));

        await using var supabaseIsAway = Open((place.Neon, Away), Database.Supabase);
        Assert.Equal("own", (await supabaseIsAway.Tickets.FindAsync(1, ReadFrom.Nearest, Stop))?.Title);
        await using var bothAreAway = Open((Away, Away), nearest: null);
        await Assert.ThrowsAsync<DatabaseUnavailableException>(async () => await bothAreAway.Tickets.FindAsync(1, ReadFrom.Nearest, Stop));
    }

    [Fact]
    public async Task Rows_that_wait_for_a_backfill_are_read_from_the_entitys_own_table()
    {
        var place = await CreateAsync(Database.Supabase, isFilledBefore: true);
        await using (var db = Open(place, Database.Supabase))
        {
            Assert.Equal("own", (await db.Tickets.FindAsync(1, ReadFrom.Nearest, Stop))?.Title);
            Assert.Equal("profile", (await db.MemberProfiles.FindAsync(Guid.Empty, ReadFrom.Nearest, Stop))?.Name);
            Assert.Equal("member", (await db.Members.FindAsync(Guid.Empty, ReadFrom.Nearest, Stop))?.Name);
        }

        await using (var neonIsAway = Open((Away, place.Supabase), nearest: null))
        {
            // It is not known to be gone.
            await Assert.ThrowsAsync<DatabaseUnavailableException>(async () => await neonIsAway.Tickets.FindAsync(2, ReadFrom.Nearest, Stop));
        }

        await using var later = Open(place, Database.Supabase);
        await later.Supabase.ExecuteAsync($"update dualdb.sync_maps set needs_backfill = false", Stop);
        Assert.Equal("copy", (await later.Tickets.FindAsync(1, ReadFrom.Nearest, Stop))?.Title);
        Assert.Null(await later.Tickets.FindAsync(2, ReadFrom.Nearest, Stop));
    }

    [Fact]
    public async Task Where_it_cannot_be_told_whether_a_copy_is_complete_what_it_lacks_is_read_from_the_own_table()
    {
        await using var db = await FilledAsync(Database.Supabase);
        await db.Supabase.ExecuteAsync($"drop table dualdb.sync_maps", Stop);
        await db.Neon.ExecuteAsync($"insert into tickets (id, title, state, owner, tags, created_at, version) values (2, 'own', 'Open', {Guid.Empty}, '{{}}', now(), 1)", Stop);
        Assert.Equal("copy", (await db.Tickets.FindAsync(1, ReadFrom.Nearest, Stop))?.Title);
        Assert.Equal("own", (await db.Tickets.FindAsync(2, ReadFrom.Nearest, Stop))?.Title);
    }

    [Fact]
    public async Task A_user_reads_the_entitys_own_table_whose_policies_say_what_he_may_see()
    {
        await using var db = await FilledAsync(Database.Neon);
        await db.Supabase.ExecuteAsync($"""
            do $$ begin
                if not exists (select from pg_roles where rolname = 'authenticated') then create role authenticated nologin; end if;
                grant select on member_profiles to authenticated;
            end $$
            """, Stop);
        await db.Supabase.ExecuteAsync($"alter table member_profiles enable row level security", Stop);
        var user = db.AsUser(new UserSession(Guid.NewGuid()));
        Assert.NotNull(user.Sync);
        Assert.Null(await user.MemberProfiles.FindAsync(Guid.Empty, ReadFrom.Nearest, Stop));
        Assert.Equal("member", (await db.MemberProfiles.FindAsync(Guid.Empty, ReadFrom.Nearest, Stop))?.Name);
    }

    private async Task<TestDb> FilledAsync(Database? nearest) => Open(await CreateAsync(nearest), nearest);

    /// <summary>Databases whose sides can be told apart: nobody carries anything.</summary>
    private async Task<(string Neon, string Supabase)> CreateAsync(Database? nearest, bool isFilledBefore = false)
    {
        var name = $"read_from_{Environment.ProcessId}_{Guid.NewGuid():N}";
        var place = (await servers.Servers.Neon.CreateDatabaseAsync(name), await servers.Servers.Supabase.CreateDatabaseAsync(name));
        await using var db = Open(place, nearest);
        await db.CreateTablesAsync(Stop);
        if (!isFilledBefore)
        {
            await db.Sync.InstallAsync(Stop);
        }
        else
        {
            await db.Supabase.ExecuteAsync($"create schema shared; create table shared.ticket_copies (id bigint primary key, title text not null, state text not null, owner uuid not null, price numeric(10,2), tags text[] not null, created_at timestamptz not null, version integer not null)", Stop);
        }

        await db.Neon.ExecuteAsync($"insert into tickets (id, title, state, owner, price, tags, created_at, version) values (1, 'own', 'Open', {Guid.Empty}, 12.5, '{{a}}', now(), 3)", Stop);
        await db.Supabase.ExecuteAsync($"insert into shared.ticket_copies (id, title, state, owner, price, tags, created_at, version) values (1, 'copy', 'Open', {Guid.Empty}, 12.5, '{{a}}', now(), 3)", Stop);
        await db.Members.InsertAsync(new Member { Id = Guid.Empty, Name = "member" }, Stop);
        await db.MemberProfiles.InsertAsync(new MemberProfile { Id = Guid.Empty, Name = "profile" }, Stop);
        await db.Sync.InstallAsync(Stop);
        return place;
    }

    private static TestDb Open((string Neon, string Supabase) place, Database? nearest)
    {
        var services = new ServiceCollection();
        services.AddTestDb(options =>
        {
            (options.Neon.ConnectionString, options.Supabase.ConnectionString) = (place.Neon, place.Supabase);
            options.Neon.MaxRetries = options.Supabase.MaxRetries = 0;
        });
        services.AddTestDbSync(options => options.Nearest = nearest);
        return services.BuildServiceProvider().GetRequiredService<TestDb>();
    }
}
