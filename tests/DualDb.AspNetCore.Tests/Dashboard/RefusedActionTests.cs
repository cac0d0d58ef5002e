using DualDb.AspNetCore.Dashboard.Requests;
using DualDb.AspNetCore.Tests.Dashboard.Places;
using DualDb.Consistency.Operators;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace DualDb.AspNetCore.Tests.Dashboard;

/// <summary>Whoever may do nothing cannot fill the audit either.</summary>
public sealed class RefusedActionTests(DashboardServers servers)
{
    [Fact]
    public async Task Of_many_that_are_refused_the_first_are_kept_and_the_others_counted()
    {
        await using var place = await DashboardPlace.CreateAsync(servers);
        await using var root = MemoDb.Create(options => (options.Neon.ConnectionString, options.Supabase.ConnectionString) = (place.Neon, place.Supabase));
        var (clock, audit) = (new FakeTimeProvider(), new OperatorAudit(root, Database.Supabase, "shop"));
        var refused = new RefusedActions(audit, clock, NullLogger.Instance, CancellationToken.None);
        for (var attempt = 0; attempt < 500; attempt++)
        {
            await refused.TellAsync(new OperatorAction("eve", "alerts/silence", "sync-lag", ""), "not an operator", CancellationToken.None);
        }

        await refused.TellAsync(new OperatorAction("bob", "sync/pause", "notes", ""), "not an operator", CancellationToken.None);
        Assert.Equal(RefusedActions.Each + 1, (await audit.ListAsync()).Count);

        clock.Advance(TimeSpan.FromMinutes(1));
        await Eventually.HoldsAsync(async () => (await audit.ListAsync()).Count == RefusedActions.Each + 2, "those that were folded are told of");
        var folded = (await audit.ListAsync())[0];
        Assert.Equal(("eve", "alerts/silence", AuditOutcome.Refused), (folded.What.Actor, folded.What.Action, folded.Outcome));
        Assert.StartsWith("490 more were refused", folded.Detail, StringComparison.Ordinal);

        // A minute later they are kept one by one again.
        await refused.TellAsync(new OperatorAction("eve", "alerts/silence", "sync-lag", ""), "not an operator", CancellationToken.None);
        Assert.Equal(RefusedActions.Each + 3, (await audit.ListAsync()).Count);
    }

    [Theory]
    [InlineData(DashboardApp.Reader, 403)]
    [InlineData(DashboardApp.Operator, 400)]
    public async Task However_often_somebody_tries(string who, int status)
    {
        await using var place = await DashboardPlace.CreateAsync(servers);
        await using var app = await DashboardApp.StartAsync(place);
        for (var attempt = 0; attempt < 3 * RefusedActions.Each; attempt++)
        {
            using var answer = await app.SendAsync(HttpMethod.Post, "/dualdb/alerts/actions/silence", who, new FormUrlEncodedContent([KeyValuePair.Create("rule", "sync-lag"), KeyValuePair.Create("minutes", "30"), KeyValuePair.Create("reason", "no right")]));
            Assert.Equal(status, (int)answer.StatusCode);
        }

        Assert.Equal(RefusedActions.Each, (await app.Monitoring.Audit.ListAsync()).Count);
    }
}
