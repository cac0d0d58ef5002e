using System.Reflection;

namespace DualDb.Generators.Tests.Harness;

/// <summary>
/// Compares a generated file with the one that was read and approved. A difference leaves a <c>.received.cs</c> beside the
/// <c>.verified.cs</c>: read it, and rename it if it is right.
/// </summary>
internal static class Snapshot
{
    private static readonly string Folder = Assembly.GetExecutingAssembly()
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(static attribute => attribute.Key == "SnapshotFolder").Value!;

    // Of the generator itself: a release must not change every snapshot.
    private static readonly string Version = typeof(DualDbGenerator).Assembly.GetName().Version!.ToString(3);

    public static void Verify(string hintName, string text)
    {
        var name = Path.GetFileNameWithoutExtension(Path.GetFileNameWithoutExtension(hintName));
        var verified = Path.Combine(Folder, name + ".verified.cs");
        var received = Path.Combine(Folder, name + ".received.cs");
        var actual = text.Replace($"\"{Version}\"", "\"{version}\"");
        if (File.Exists(verified) && File.ReadAllText(verified) == actual)
        {
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, actual);
        Assert.Fail($"{hintName} differs from Snapshots/{name}.verified.cs. Compare it with the .received.cs beside it, and rename that file if it is right.");
    }
}
