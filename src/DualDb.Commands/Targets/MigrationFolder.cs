using System.CommandLine;

namespace DualDb.Commands.Targets;

/// <summary>The option that says where the files of migrations lie.</summary>
internal static class MigrationFolder
{
    public static Option<string> Option() => new("--folder") { Description = "The folder of migrations", DefaultValueFactory = static _ => "migrations" };
}
