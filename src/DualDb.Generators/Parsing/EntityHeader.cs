using System.Collections.Generic;
using DualDb.Generators.Model;
using Microsoft.CodeAnalysis;

namespace DualDb.Generators.Parsing;

/// <summary>What the attribute on an entity says.</summary>
/// <param name="attribute"><c>[Neon]</c> or <c>[Supabase]</c>.</param>
/// <param name="database">The database it stands for.</param>
/// <param name="type">The entity.</param>
internal sealed class EntityHeader(AttributeData attribute, DatabaseKind database, INamedTypeSymbol type)
{
    public AttributeData Attribute { get; } = attribute;

    public DatabaseKind Database { get; } = database;

    public string Table { get; } = Annotations.FirstText(attribute) ?? Naming.Table(type.Name);

    public string Schema { get; } = Annotations.Named(attribute, "Schema") as string ?? "public";

    public string Set { get; } = Annotations.Named(attribute, "Set") as string ?? Naming.Set(type.Name);

    /// <summary>The header of a type; null where it is no entity. One that claims both databases counts as Neon's.</summary>
    public static EntityHeader? Of(INamedTypeSymbol type)
        => Annotations.Find(type, "NeonAttribute") is { } neon ? new EntityHeader(neon, DatabaseKind.Neon, type)
            : Annotations.Find(type, "SupabaseAttribute") is { } supabase ? new EntityHeader(supabase, DatabaseKind.Supabase, type)
            : null;

    /// <summary>The key's members of an entity, in any order, without checking them.</summary>
    public static List<IPropertySymbol> KeyMembers(INamedTypeSymbol type)
    {
        var members = new List<IPropertySymbol>();
        foreach (var property in MemberCollector.InstanceProperties(type))
        {
            if (MemberAnnotations.Of(property) is { Key: not null, NotMapped: null })
            {
                members.Add(property);
            }
        }

        return members;
    }
}
