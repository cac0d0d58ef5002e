using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DualDb.Generators.Parsing;

/// <summary>A property that is written.</summary>
/// <param name="property">The property.</param>
/// <param name="isSettable">Whether an object initializer in generated code can set it.</param>
internal sealed class JsonMember(IPropertySymbol property, bool isSettable)
{
    public IPropertySymbol Property { get; } = property;

    public bool IsSettable { get; } = isSettable;

    /// <summary>
    /// Whether the type gives it a value by itself, for documents that have none: by an initializer, or in the constructor. What a referenced project's type does cannot be seen,
    /// and is left to it.
    /// </summary>
    public bool HasOwnValue(IMethodSymbol constructor, Compilation compilation)
        => !SymbolEqualityComparer.Default.Equals(Property.ContainingAssembly, compilation.Assembly)
            || HasBody(constructor)
            || HasInitializer(Property);

    private static bool HasBody(IMethodSymbol constructor)
        => !constructor.DeclaringSyntaxReferences.IsEmpty && constructor.DeclaringSyntaxReferences[0].GetSyntax() is ConstructorDeclarationSyntax;

    private static bool HasInitializer(IPropertySymbol property)
        => !property.DeclaringSyntaxReferences.IsEmpty && property.DeclaringSyntaxReferences[0].GetSyntax() is PropertyDeclarationSyntax { Initializer: not null };
}
