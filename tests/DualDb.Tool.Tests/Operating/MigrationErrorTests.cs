using System.Text.Json.Nodes;
using DualDb.Commands.Output;
using DualDb.Migrations;

namespace DualDb.Tool.Tests.Operating;

/// <summary>What tools are told of migrations that did not come to their end.</summary>
public sealed class MigrationErrorTests
{
    private static readonly MigrationId Id = MigrationId.Parse("neon/20260101T1200_orders");

    public static TheoryData<Exception, string> Errors { get; } = new()
    {
        { Interrupted(), """{"database":"neon","migration":"neon/20260101T1200_orders","statement":2,"isUndoing":false,"applied":["neon/20260101T1200_orders"],"undone":[]}""" },
        { new MigrationLeaseLostException("Lost.", Interrupted()), """{"migration":"neon/20260101T1200_orders","statement":2,"isUndoing":false,"applied":["neon/20260101T1200_orders"],"undone":[]}""" },
        { new MigrationInDoubtException("Asked.") { Id = Id, Statement = 3 }, """{"migration":"neon/20260101T1200_orders","statement":3,"applied":[]}""" },
        { new MigrationHistoryException("Changed.") { Id = Id, Disagreement = MigrationDisagreement.OutOfOrder }, """{"migration":"neon/20260101T1200_orders","disagreement":"outOfOrder"}""" },
        { new MigrationHistoryException("Other.") { Disagreement = MigrationDisagreement.OtherPlan }, """{"migration":null,"disagreement":"otherPlan"}""" },
        { new MigrationPreflightException("Not now.") { Obstacles = [new MigrationObstacle(Database.Supabase, "read-only")] }, """{"obstacles":[{"database":"supabase","reason":"read-only"}]}""" },
        { new MigrationLockedException("Taken.") { Holder = "ada" }, """{"holder":"ada"}""" },
        { new MigrationFileException("Bad.") { File = "neon/x.sql", Line = 4 }, """{"file":"neon/x.sql","line":4}""" },
        { new MigrationFailedException("Failed.") { Id = Id, Statement = 1, Line = 2, Column = 3, SqlState = "42703" }, """{"migration":"neon/20260101T1200_orders","statement":1,"line":2,"column":3,"sqlState":"42703","applied":[],"skipped":[],"compensated":[],"drift":[]}""" },
    };

    [Theory]
    [MemberData(nameof(Errors), DisableDiscoveryEnumeration = true)]
    public void Where_a_run_stands_is_in_the_document(Exception exception, string expected)
    {
        var error = Failure.Of(exception, isCancelled: false).ToJson()["error"]!.AsObject();

        Assert.Equal(exception.Message, error["message"]!.GetValue<string>());
        Assert.True(error.Remove("kind") & error.Remove("exitCode") & error.Remove("message"));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), error), error.ToJsonString());
    }

    private static MigrationInterruptedException Interrupted()
    {
        var interrupted = MigrationInterruptedException.Of(Id, 2, isUndoing: false, new DatabaseUnavailableException("Gone."));
        interrupted.Applied = [Id];
        return interrupted;
    }
}
