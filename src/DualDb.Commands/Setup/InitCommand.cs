using System.CommandLine;
using System.Text.Json.Nodes;
using DualDb.Commands.Frame;
using DualDb.Commands.Output;

namespace DualDb.Commands.Setup;

/// <summary><c>dualdb init</c>.</summary>
internal static class InitCommand
{
    private const string Settings = """
        {
          "DualDb": {
            "Neon": {
              "ConnectionString": "",
              "MaxPoolSize": 20
            },
            "Supabase": {
              "ConnectionString": "",
              "MaxPoolSize": 20
            }
          }
        }

        """;

    private static readonly (string Path, string Text)[] Files =
    [
        (Path.Combine("migrations", "neon", ".gitkeep"), ""),
        (Path.Combine("migrations", "supabase", ".gitkeep"), ""),
        ("dualdb.sample.json", Settings),
    ];

    public static Command Create(CommandFrame frame)
    {
        var folder = new Argument<string>("folder") { Description = "Where to", DefaultValueFactory = static _ => "." };
        var command = new ExampleCommand(
            "init",
            "Writes the folders of migrations, and a sample of settings. Overwrites nothing.",
            "dualdb init",
            "dualdb init src/Shop")
        {
            folder,
        };
        return frame.Handle(command, async (call, cancellationToken) =>
        {
            var (written, kept) = (new List<string>(), new List<string>());
            foreach (var (path, text) in Files)
            {
                var full = Path.GetFullPath(Path.Combine(call.Value(folder), path));
                Directory.CreateDirectory(Path.GetDirectoryName(full)!);
                (await TryWriteAsync(full, text, cancellationToken).ConfigureAwait(false) ? written : kept).Add(path);
            }

            return new CommandResult(
                new JsonObject { ["written"] = JsonText.Of(written), ["kept"] = JsonText.Of(kept) },
                [
                    .. written.Select(static path => new TextLine($"written  {path}", TextTone.Good)),
                    .. kept.Select(static path => new TextLine($"kept     {path}")),
                    new TextLine("Set NEON_DATABASE_URL and SUPABASE_DB_URL, write migrations/neon/<time>_<what>.sql, and run 'dualdb migrations plan'."),
                ]);
        });
    }

    // The system is asked to create it, and not whether it is there: nobody comes between.
    private static async Task<bool> TryWriteAsync(string path, string text, CancellationToken cancellationToken)
    {
        try
        {
            var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
            await using var closing = stream.ConfigureAwait(false);
            await stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(text), cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            return false;
        }
    }
}
