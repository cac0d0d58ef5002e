using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace DualDb.PackageTests.RedisClient;

/// <summary>A type of another assembly as one that was compiled against it uses it.</summary>
/// <param name="Name">The type's full name.</param>
/// <param name="Members">The members that are called, read or written, as <see cref="SignatureText"/>.</param>
/// <param name="IsImplemented">Whether a type here implements it, as an interface.</param>
internal sealed record UsedType(string Name, IReadOnlySet<string> Members, bool IsImplemented)
{
    /// <summary>What the assembly at the path uses of the one with the given name; nothing when it does not refer to it.</summary>
    public static IReadOnlyList<UsedType> Read(string path, string usedAssembly)
    {
        using var assembly = new PEReader(File.OpenRead(path));
        var reader = assembly.GetMetadataReader();
        var types = reader.TypeReferences.Where(handle => IsOf(reader, handle, usedAssembly)).ToHashSet();
        var members = reader.MemberReferences.Select(reader.GetMemberReference)
            .Where(member => member.Parent.Kind == HandleKind.TypeReference && types.Contains((TypeReferenceHandle)member.Parent))
            .ToLookup(static member => (TypeReferenceHandle)member.Parent, member => Text(reader, member));
        var implemented = reader.TypeDefinitions.SelectMany(handle => reader.GetTypeDefinition(handle).GetInterfaceImplementations())
            .Select(handle => reader.GetInterfaceImplementation(handle).Interface).ToHashSet();
        return
        [
            .. types.Select(handle => new UsedType(
                SignatureText.Instance.NameOf(reader, handle), members[handle].ToHashSet(StringComparer.Ordinal), implemented.Contains(handle))),
        ];
    }

    private static bool IsOf(MetadataReader reader, TypeReferenceHandle handle, string assembly)
    {
        var scope = reader.GetTypeReference(handle).ResolutionScope;
        return scope.Kind switch
        {
            HandleKind.TypeReference => IsOf(reader, (TypeReferenceHandle)scope, assembly),
            HandleKind.AssemblyReference => reader.StringComparer.Equals(reader.GetAssemblyReference((AssemblyReferenceHandle)scope).Name, assembly),
            _ => false,
        };
    }

    private static string Text(MetadataReader reader, MemberReference member)
    {
        var name = reader.GetString(member.Name);
        return member.GetKind() == MemberReferenceKind.Method
            ? SignatureText.Of(name, member.DecodeMethodSignature(SignatureText.Instance, genericContext: null))
            : $"{member.DecodeFieldSignature(SignatureText.Instance, genericContext: null)} {name}";
    }
}
