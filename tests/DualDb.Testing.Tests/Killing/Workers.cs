using System.Diagnostics;

namespace DualDb.Testing.Tests.Killing;

/// <summary>Workers without a database: small shell programs that say "ready" and answer what they are asked.</summary>
internal static class Workers
{
    /// <summary>Answers every line until its input ends.</summary>
    public const string Answering = "echo ready; while read -r line; do echo \"heard $line\"; done";

    /// <summary>Takes no notice of the end of its input, nor of anything else that can be ignored.</summary>
    public const string Deaf = "trap '' INT TERM HUP QUIT; echo ready; while :; do sleep 1; done";

    public static ProcessStartInfo Start(string program, params string[] arguments) => new("/bin/sh", ["-c", program, "dualdb-test-worker", .. arguments]);

    /// <summary>Whether a process is there and no zombie.</summary>
    public static bool IsAlive(int id) => Endings.LiveProcesses.List().Any(process => process.Id == id);
}
