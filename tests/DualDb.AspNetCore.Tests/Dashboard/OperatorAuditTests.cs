using DualDb.AspNetCore.Tests.Dashboard.Places;
using DualDb.Consistency;
using DualDb.Consistency.Operators;
using Npgsql;

namespace DualDb.AspNetCore.Tests.Dashboard;

/// <summary>What is kept of what operators do.</summary>
public sealed class OperatorAuditTests(DashboardServers servers)
{
    private static readonly OperatorAction Deed = new("ada", "outbox/replay", "letter 7", "the handler is mended");

    [Fact]
    public async Task What_is_begun_is_there_before_it_ends()
    {
        await using var place = await DashboardPlace.CreateAsync(servers);
        await using var root = Open(place);
        var audit = new OperatorAudit(root, Database.Supabase, "shop");
        var during = new List<AuditOutcome>();

        var result = await audit.RunAsync(Deed, async token =>
        {
            during.Add(Assert.Single(await audit.ListAsync(cancellationToken: token)).Outcome);
            return 3;
        }, static count => $"{count} letters");
        await Assert.ThrowsAsync<InvalidOperationException>(() => audit.RunAsync<int>(Deed, static _ => throw new InvalidOperationException("secret")));

        Assert.Equal(3, result);
        Assert.Equal([AuditOutcome.Begun], during);
        Assert.Equal([(AuditOutcome.Failed, "InvalidOperationException"), (AuditOutcome.Done, "3 letters")], (await audit.ListAsync()).Select(static entry => (entry.Outcome, entry.Detail)));
        Assert.All(await audit.ListAsync(), static entry => Assert.True(entry.EndedAt >= entry.At));
    }

    [Fact]
    public async Task Applications_and_filters_tell_entries_apart()
    {
        await using var place = await DashboardPlace.CreateAsync(servers);
        await using var root = Open(place);
        var (shop, other) = (new OperatorAudit(root, Database.Supabase, "shop"), new OperatorAudit(root, Database.Supabase, "other"));
        await shop.CompleteAsync(await shop.BeginAsync(Deed), AuditOutcome.Done, "");
        await shop.RefuseAsync(new OperatorAction("eve", "sagas/skip", "50%_off", ""), "not allowed");
        await other.BeginAsync(Deed);

        Assert.Equal(2, (await shop.ListAsync()).Count);
        Assert.Equal(AuditOutcome.Begun, Assert.Single(await other.ListAsync()).Outcome);
        Assert.Equal("eve", Assert.Single(await shop.ListAsync(new AuditFilter { Outcome = AuditOutcome.Refused })).What.Actor);
        Assert.Equal("eve", Assert.Single(await shop.ListAsync(new AuditFilter { Action = "sagas/" })).What.Actor);
        Assert.Equal("eve", Assert.Single(await shop.ListAsync(new AuditFilter { Target = "%_OFF" })).What.Actor);
        Assert.Equal("ada", Assert.Single(await shop.ListAsync(new AuditFilter { Actor = "ada", Until = DateTimeOffset.UtcNow.AddHours(1), From = DateTimeOffset.UtcNow.AddHours(-1) })).What.Actor);
        Assert.Empty(await shop.ListAsync(new AuditFilter { From = DateTimeOffset.UtcNow.AddHours(1) }));
        Assert.Equal("ada", Assert.Single(await shop.ListAsync(limit: 1, skip: 1)).What.Actor);
    }

    [Theory]
    [InlineData("update dualdb.operator_audit set actor = 'somebody else'")]
    [InlineData("delete from dualdb.operator_audit")]
    [InlineData("truncate dualdb.operator_audit")]
    public async Task Entries_are_not_changed(string sql)
    {
        await using var place = await DashboardPlace.CreateAsync(servers);
        await using var root = Open(place);
        await new OperatorAudit(root, Database.Supabase, "shop").RefuseAsync(Deed, "");

        await Assert.ThrowsAsync<PostgresException>(() => DashboardPlace.RunAsync(place.Supabase, sql));
        Assert.Equal(1L, await DashboardPlace.AskAsync<long>(place.Supabase, "select count(*) from dualdb.operator_audit where actor = 'ada'"));
    }

    [Fact]
    public async Task Old_entries_are_removed_and_younger_ones_never()
    {
        await using var place = await DashboardPlace.CreateAsync(servers);
        await using var root = Open(place);
        var audit = new OperatorAudit(root, Database.Supabase, "shop");
        await audit.CompleteAsync(await audit.BeginAsync(Deed), AuditOutcome.Done, "");
        await DashboardPlace.RunAsync(place.Supabase, """
            insert into dualdb.operator_audit (application, at, actor, action, target, reason, outcome, detail)
            select application, now() - days * interval '1 day', 'old', 'a', '', '', 'begun', '' from (values ('shop', 400), ('shop', 40), ('other', 400)) v (application, days);
            insert into dualdb.operator_audit (application, at, begun, actor, action, target, reason, outcome, detail)
            select application, at, id, actor, action, '', '', 'done', '' from dualdb.operator_audit where actor = 'old'
            """);

        Assert.Equal(1, await audit.PurgeAsync(TimeSpan.FromDays(365)));
        Assert.Equal(1, await audit.PurgeAsync(TimeSpan.FromDays(30)));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => audit.PurgeAsync(TimeSpan.FromDays(29)));
        Assert.Equal("ada", Assert.Single(await audit.ListAsync()).What.Actor);
        Assert.Equal(2L, await DashboardPlace.AskAsync<long>(place.Supabase, "select count(*) from dualdb.operator_audit where application = 'other'"));
    }

    [Fact]
    public async Task Without_its_schema_it_says_what_to_do()
    {
        await using var place = await DashboardPlace.CreateAsync(servers, installs: false);
        await using var root = Open(place);

        var missing = await Assert.ThrowsAsync<SchemaVersionException>(() => new OperatorAudit(root, Database.Supabase, "shop").BeginAsync(Deed));

        Assert.Contains("operators schema is not installed in Supabase", missing.Message, StringComparison.Ordinal);
        await DashboardPlace.RunAsync(place.Supabase, ConsistencySchema.Audit);
        await DashboardPlace.RunAsync(place.Supabase, ConsistencySchema.Audit);
        Assert.True(await new OperatorAudit(root, Database.Supabase, "shop").BeginAsync(Deed) > 0);
    }

    private static MemoDb Open(DashboardPlace place) => MemoDb.Create(options => (options.Neon.ConnectionString, options.Supabase.ConnectionString) = (place.Neon, place.Supabase));
}
