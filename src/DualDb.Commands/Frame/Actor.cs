using System.CommandLine;

namespace DualDb.Commands.Frame;

/// <summary>Who does something, for audits.</summary>
internal static class Actor
{
    public static Option<string?> Option() => new("--actor") { Description = "Who does it, for the audit [default: the user of the system]" };

    public static string Of(CommandCall call, Option<string?> option) => call.Value(option) is { Length: > 0 } said ? said : Environment.UserName;
}
