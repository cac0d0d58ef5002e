using System.Reflection;

namespace DualDb.Browser.Tests.Places;

/// <summary>Where pictures are kept after the run.</summary>
internal static class Artifacts
{
    public static string Folder { get; } = Path.Combine(
        Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().Single(static attribute => attribute.Key == "ArtifactsFolder").Value!, "screenshots");

    public static string Picture(string name) => Path.Combine(Folder, name + ".png");
}
