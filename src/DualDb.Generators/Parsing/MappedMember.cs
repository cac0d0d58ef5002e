using Microsoft.CodeAnalysis;

namespace DualDb.Generators.Parsing;

/// <summary>A property that is mapped to a column.</summary>
/// <param name="property">The property, on the most derived type that declares it.</param>
/// <param name="annotations">Its attributes.</param>
/// <param name="getter">Who can read it.</param>
/// <param name="setter">Who can set it in an object initializer.</param>
internal sealed class MappedMember(IPropertySymbol property, MemberAnnotations annotations, MemberAccess getter, MemberAccess setter)
{
    public IPropertySymbol Property { get; } = property;

    public string Name => Property.Name;

    public MemberAnnotations Annotations { get; } = annotations;

    public MemberAccess Getter { get; } = getter;

    public MemberAccess Setter { get; } = setter;
}

/// <summary>From where an accessor can be called.</summary>
internal enum MemberAccess
{
    /// <summary>From nowhere in generated code.</summary>
    None,

    /// <summary>From code inside the entity.</summary>
    Private,

    /// <summary>From anywhere in the project.</summary>
    Project,
}
