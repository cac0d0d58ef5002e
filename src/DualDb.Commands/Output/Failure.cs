using System.Text.Json.Nodes;
using DualDb.Commands.MigrationCommands;
using DualDb.Commands.Targets;
using DualDb.Consistency;
using DualDb.Consistency.Sagas;
using DualDb.Migrations;
using DualDb.Migrations.Model;
using DualDb.Migrations.Running;

namespace DualDb.Commands.Output;

/// <summary>Why a command did not come to its end.</summary>
/// <param name="ExitCode">What the process ends with.</param>
/// <param name="Message">What happened, and the next step.</param>
/// <param name="Cause">The exception; null for none.</param>
internal sealed record Failure(int ExitCode, string Message, Exception? Cause = null)
{
    /// <summary>What an exception means to whoever typed the command.</summary>
    public static Failure Of(Exception exception, bool isCancelled)
        => isCancelled ? new Failure(ExitCodes.Cancelled, "Interrupted. What was done until then stays, and is said by the command that tells the status.", exception)
            : new Failure(CodeOf(exception), exception is DualDbException or UsageException or RefusedException ? exception.Message : TextOf(exception), exception);

    /// <summary>What belongs to it for people, besides the message.</summary>
    public IEnumerable<TextPart> Details => Cause is null ? [] : DriftLines.Text(Cause.GetMigrationDrift());

    /// <summary>The failure as a document.</summary>
    public JsonObject ToJson()
    {
        var error = new JsonObject
        {
            ["kind"] = ExitCode switch { ExitCodes.Usage => "usage", ExitCodes.Refused => "refused", ExitCodes.Cancelled => "cancelled", _ => "failed" },
            ["exitCode"] = ExitCode,
            ["message"] = Message,
        };
        if (Cause is DualDbException { Database: { } database })
        {
            error["database"] = JsonText.Of(database);
        }

        MigrationErrorFields.Add(error, Cause);
        if (Cause?.GetAppliedMigrations() is { Count: > 0 } applied)
        {
            error["applied"] = JsonText.Of(applied);
        }

        if (Cause?.GetMigrationDrift() is { Count: > 0 } drift)
        {
            error["drift"] = DriftLines.Document(drift);
        }

        return new JsonObject { ["error"] = error };
    }

    // What refuses in the midst of a run, behind what that has applied, has failed: who reads 3 takes everything to be as it was.
    private static int CodeOf(Exception exception) => exception switch
    {
        _ when RunOutcome.Of(exception).HasChanged => ExitCodes.Failed,
        UsageException or ArgumentException or FormatException => ExitCodes.Usage,
        RefusedException or NotSupportedException or NothingToCorrectException => ExitCodes.Refused,
        MigrationFileException or MigrationHistoryException or MigrationPreflightException or MigrationLockedException or MigrationInDoubtException => ExitCodes.Refused,
        ScaffoldException or SchemaModelException => ExitCodes.Refused,
        DualDbConfigurationException or SagaOperationException or SchemaVersionException => ExitCodes.Refused,
        _ => ExitCodes.Failed,
    };

    // The parameter's name, which .NET appends, means nothing on a command line.
    private static string TextOf(Exception exception) => exception is ArgumentException { ParamName: { } name }
        ? exception.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal)
        : exception is InvalidOperationException or NotSupportedException or FormatException or ArgumentException ? exception.Message
        : $"{exception.GetType().Name}: {exception.Message}";
}
