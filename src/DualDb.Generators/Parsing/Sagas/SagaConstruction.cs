using System.Collections.Generic;
using DualDb.Generators.Model;
using Microsoft.CodeAnalysis;

namespace DualDb.Generators.Parsing;

/// <summary>How an instance of a saga's class is made: the root it is given, everything else comes from the container.</summary>
internal static class SagaConstruction
{
    public static EquatableArray<SagaArgumentSpec> Parse(ParseContext context)
    {
        var candidates = new List<IMethodSymbol>();
        foreach (var constructor in context.Entity.InstanceConstructors)
        {
            if (constructor.DeclaredAccessibility is not (Accessibility.Private or Accessibility.Protected or Accessibility.ProtectedAndInternal)
                && !ConstructorChooser.IsCopyConstructor(constructor))
            {
                candidates.Add(constructor);
            }
        }

        if (candidates.Count != 1)
        {
            context.Report(
                ProblemKind.SagaConstructor,
                context.Entity,
                null,
                candidates.Count == 0 ? "it has no constructor that generated code can call" : "it has several constructors, and nobody says which one is meant",
                "Declare one, internal or public");
            return default;
        }

        var arguments = new List<SagaArgumentSpec>();
        foreach (var parameter in candidates[0].Parameters)
        {
            arguments.Add(Argument(parameter.Type));
        }

        return arguments.ToEquatableArray();
    }

    private static SagaArgumentSpec Argument(ITypeSymbol type)
        => type.TypeKind == TypeKind.Error ? new SagaArgumentSpec(SagaArgumentKind.Unknown, type.Name)
            : Annotations.Find(type, "DualDatabaseAttribute") is not null ? new SagaArgumentSpec(SagaArgumentKind.Root, TypeNames.Plain(type))
            : TypeNames.Is(type, Annotations.Namespace, "IDualDatabase") ? new SagaArgumentSpec(SagaArgumentKind.AnyRoot, "")
            : TypeNames.Is(type, "System", "IServiceProvider") ? new SagaArgumentSpec(SagaArgumentKind.Services, "")
            : new SagaArgumentSpec(SagaArgumentKind.Service, TypeNames.Plain(type));
}
