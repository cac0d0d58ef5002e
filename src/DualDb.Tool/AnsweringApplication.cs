using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using DualDb.Commands;

namespace DualDb.Tool;

/// <summary>Tells applications that answer the commands from those that would be started by them, and serve, or migrate, unasked.</summary>
internal static class AnsweringApplication
{
    /// <summary>Whether the built file, or one beside it that it may call, calls <see cref="DualDbCommandExtensions.RunDualDbCommandAsync"/>. Nothing is loaded.</summary>
    /// <param name="target">The built file.</param>
    public static bool Is(string target)
        => Directory.EnumerateFiles(Path.GetDirectoryName(target)!, "*.dll").OrderByDescending(file => string.Equals(file, target, StringComparison.Ordinal)).Any(Calls);

    private static bool Calls(string file)
    {
        using var stream = File.OpenRead(file);
        using var image = new PEReader(stream);
        if (!image.HasMetadata)
        {
            return false;
        }

        var metadata = image.GetMetadataReader();
        return metadata.AssemblyReferences.Any(handle => metadata.StringComparer.Equals(metadata.GetAssemblyReference(handle).Name, typeof(DualDbCommandExtensions).Assembly.GetName().Name!))
            && metadata.MemberReferences.Any(handle => metadata.StringComparer.Equals(metadata.GetMemberReference(handle).Name, nameof(DualDbCommandExtensions.RunDualDbCommandAsync)));
    }
}
