using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace DualDb.Migrations.Model.Reading;

/// <summary>Reads attributes from the file of an assembly, without loading it.</summary>
internal static class AssemblyFile
{
    private const ushort Prolog = 1;

    /// <summary>The schemas in a file, each with its root.</summary>
    /// <exception cref="SchemaModelException">There is no such file, or it is no assembly.</exception>
    public static IReadOnlyList<(string Root, string Json)> Schemas(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            using var file = new PEReader(stream);
            return file.HasMetadata && file.GetMetadataReader() is { IsAssembly: true } reader ? Read(reader) : throw NoAssembly(path, null);
        }
        catch (BadImageFormatException fault)
        {
            throw NoAssembly(path, fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new SchemaModelException($"{path} cannot be read: {fault.Message} Build the project, and name the .dll that comes of it.", fault);
        }
    }

    private static List<(string Root, string Json)> Read(MetadataReader reader)
    {
        var found = new List<(string Root, string Json)>();
        foreach (var handle in reader.GetAssemblyDefinition().GetCustomAttributes())
        {
            var attribute = reader.GetCustomAttribute(handle);
            if (IsSchema(reader, attribute))
            {
                var value = reader.GetBlobReader(attribute.Value);
                if (value.ReadUInt16() == Prolog && value.ReadSerializedString() is { } root && value.ReadSerializedString() is { } json)
                {
                    found.Add((root, json));
                }
            }
        }

        return found;
    }

    private static bool IsSchema(MetadataReader reader, CustomAttribute attribute)
    {
        if (attribute.Constructor.Kind != HandleKind.MemberReference
            || reader.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent is not { Kind: HandleKind.TypeReference } parent)
        {
            return false;
        }

        var type = reader.GetTypeReference((TypeReferenceHandle)parent);
        return reader.StringComparer.Equals(type.Name, "ModelSchemaAttribute") && reader.StringComparer.Equals(type.Namespace, "DualDb.Schema");
    }

    private static SchemaModelException NoAssembly(string path, Exception? cause)
        => new($"{path} is no .NET assembly. Build the project, and name the .dll that comes of it.", cause);
}
