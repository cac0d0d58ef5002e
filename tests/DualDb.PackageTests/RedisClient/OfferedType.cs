using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace DualDb.PackageTests.RedisClient;

/// <summary>A public type of an assembly: what a caller that was compiled against another version may rely on.</summary>
internal sealed record OfferedType(string Name, string Kind, string Base, IReadOnlySet<string> Members, IReadOnlySet<string> MustBeImplemented, IReadOnlyDictionary<string, string> Constants)
{
    /// <summary>The public types of the assembly by name.</summary>
    public static IReadOnlyDictionary<string, OfferedType> Read(string path)
    {
        using var assembly = new PEReader(File.OpenRead(path));
        var reader = assembly.GetMetadataReader();
        return reader.TypeDefinitions
            .Where(handle => (reader.GetTypeDefinition(handle).Attributes & TypeAttributes.VisibilityMask) is TypeAttributes.Public or TypeAttributes.NestedPublic)
            .Select(handle => Read(reader, handle))
            .ToDictionary(static type => type.Name, StringComparer.Ordinal);
    }

    private static OfferedType Read(MetadataReader reader, TypeDefinitionHandle handle)
    {
        var type = reader.GetTypeDefinition(handle);
        var parent = SignatureText.Instance.NameOf(reader, type.BaseType);
        var methods = type.GetMethods().Select(reader.GetMethodDefinition)
            .Where(static method => (method.Attributes & MethodAttributes.MemberAccessMask) == MethodAttributes.Public).ToList();
        var fields = type.GetFields().Select(reader.GetFieldDefinition)
            .Where(static field => (field.Attributes & FieldAttributes.FieldAccessMask) == FieldAttributes.Public).ToList();
        return new OfferedType(
            SignatureText.Instance.NameOf(reader, handle),
            KindOf(type, parent),
            parent,
            methods.Select(MethodText).Concat(fields.Select(field => FieldText(reader, field))).ToHashSet(StringComparer.Ordinal),
            methods.Where(static method => method.Attributes.HasFlag(MethodAttributes.Abstract)).Select(MethodText).ToHashSet(StringComparer.Ordinal),
            fields.Where(static field => !field.GetDefaultValue().IsNil)
                .ToDictionary(field => reader.GetString(field.Name), field => Constant(reader, field), StringComparer.Ordinal));

        string MethodText(MethodDefinition method) => SignatureText.Of(reader.GetString(method.Name), method.DecodeSignature(SignatureText.Instance, genericContext: null));
    }

    private static string KindOf(TypeDefinition type, string parent) => parent switch
    {
        _ when type.Attributes.HasFlag(TypeAttributes.Interface) => "interface",
        "System.Enum" => "enum",
        "System.ValueType" => "struct",
        _ => "class",
    };

    private static string FieldText(MetadataReader reader, FieldDefinition field) =>
        $"{field.DecodeSignature(SignatureText.Instance, genericContext: null)} {reader.GetString(field.Name)}";

    private static string Constant(MetadataReader reader, FieldDefinition field)
    {
        var constant = reader.GetConstant(field.GetDefaultValue());
        return FormattableString.Invariant($"{reader.GetBlobReader(constant.Value).ReadConstant(constant.TypeCode)}");
    }
}
