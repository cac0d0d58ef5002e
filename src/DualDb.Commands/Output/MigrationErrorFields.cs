using System.Text.Json.Nodes;
using DualDb.Commands.MigrationCommands;
using DualDb.Migrations;

namespace DualDb.Commands.Output;

/// <summary>What the exceptions of migrations say besides their message, for tools: where a run stands, and what is in its way.</summary>
internal static class MigrationErrorFields
{
    /// <summary>Adds what an exception says, or the one that it was made of.</summary>
    public static void Add(JsonObject error, Exception? cause)
    {
        switch (cause)
        {
            case MigrationFailedException failed:
                Add(error, failed);
                break;
            case MigrationInterruptedException interrupted:
                error["migration"] = interrupted.Id.ToString();
                error["statement"] = interrupted.Statement;
                error["isUndoing"] = interrupted.IsUndoing;
                error["applied"] = JsonText.Of(interrupted.Applied);
                error["undone"] = JsonText.Of(interrupted.Undone);
                break;
            case MigrationInDoubtException asked:
                error["migration"] = asked.Id.ToString();
                error["statement"] = asked.Statement;
                error["applied"] = JsonText.Of(asked.Applied);
                break;
            case MigrationHistoryException disagreement:
                error["migration"] = disagreement.Id?.ToString();
                error["disagreement"] = JsonText.Of(disagreement.Disagreement);
                break;
            case MigrationPreflightException refused:
                error["obstacles"] = JsonText.Of(refused.Obstacles.Select(static obstacle => new JsonObject { ["database"] = JsonText.Of(obstacle.Database), ["reason"] = obstacle.Reason }));
                break;
            case MigrationLockedException locked:
                error["holder"] = locked.Holder;
                break;
            case MigrationFileException file:
                error["file"] = file.File;
                error["line"] = file.Line;
                break;
            case MigrationLeaseLostException { InnerException: { } inner }:
                Add(error, inner);
                break;
            default:
                break;
        }
    }

    private static void Add(JsonObject error, MigrationFailedException failed)
    {
        error["migration"] = failed.Id.ToString();
        error["statement"] = failed.Statement;
        error["line"] = failed.Line;
        error["column"] = failed.Column;
        error["sqlState"] = failed.SqlState;
        error["applied"] = JsonText.Of(failed.Applied);
        error["skipped"] = JsonText.Of(failed.Skipped);
        error["compensated"] = JsonText.Of(failed.Compensated);
        error["drift"] = DriftLines.Document(failed.Drift);
    }
}
