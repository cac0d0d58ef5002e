using System.Collections.Generic;
using System.Threading;
using DualDb.Generators.Model;
using Microsoft.CodeAnalysis;

namespace DualDb.Generators.Parsing;

/// <summary>The sets of a root: of this project's entities, and of the entities in referenced projects.</summary>
internal static class SetParser
{
    private const string DefaultRegistration = "Microsoft.Extensions.DependencyInjection." + RootParser.DefaultName + "ServiceCollectionExtensions";

    /// <summary>The set of an entity; null where nothing is generated for it.</summary>
    public static SetSpec? Of(EntitySpec entity) => entity.Level == EmissionLevel.Nothing || !SetRules.IsUsable(entity.Set)
        ? null
        : new SetSpec(
            entity.Set,
            entity.Database,
            entity.Type.FullName,
            entity.Type.Sibling(entity.Type.Name + "Map"),
            entity.Type.Sibling(entity.Type.Name + "Repository"),
            entity.Type.Sibling("I" + entity.Type.Name + "Repository"),
            entity.Type.IsPublic,
            TakesCache: true,
            entity.Level == EmissionLevel.Skeleton);

    /// <summary>The set of a view; null where nothing is generated for it.</summary>
    public static SetSpec? Of(ViewSpec view) => view.Level == EmissionLevel.Nothing || !SetRules.IsUsable(view.Set)
        ? null
        : new SetSpec(
            view.Set,
            Database: null,
            view.Type.FullName,
            Map: "",
            view.Type.Sibling(view.Type.Name + "Reader"),
            view.Type.Sibling("I" + view.Type.Name + "Reader"),
            view.Type.IsPublic,
            TakesCache: view.Cache is not null,
            view.Level == EmissionLevel.Skeleton);

    /// <summary>
    /// What referenced assemblies announce and this project can see: sets through <c>[assembly: DualDbEntity(…)]</c> or <c>[assembly: DualDbView(…)]</c>, events through <c>[assembly: DualDbEvent(…)]</c>,
    /// what is synchronised through <c>[assembly: DualDbSync(…)]</c>.
    /// </summary>
    public static ReferencesSpec OfReferences(Compilation compilation, CancellationToken cancellationToken)
    {
        var sets = new List<SetSpec>();
        var events = new List<EventEntrySpec>();
        var maps = new List<SyncMapSpec?>();
        var schemas = new List<string>();
        var haveDefaultRoot = false;
        foreach (var assembly in compilation.SourceModule.ReferencedAssemblySymbols)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!KnowsDualDb(assembly))
            {
                continue;
            }

            haveDefaultRoot |= assembly.GetTypeByMetadataName(DefaultRegistration)?.DeclaredAccessibility == Accessibility.Public;
            var hasSchema = false;
            foreach (var attribute in assembly.GetAttributes())
            {
                // Each root of an assembly holds all that the assembly has: one tells the rest.
                if (!hasSchema && SchemaOf(attribute) is { } schema)
                {
                    hasSchema = true;
                    schemas.Add(schema);
                }

                var set = TypeNames.Is(attribute.AttributeClass, "DualDb.Mapping", "DualDbEntityAttribute") ? ParseEntity(compilation, attribute)
                    : TypeNames.Is(attribute.AttributeClass, "DualDb.Mapping", "DualDbViewAttribute") ? ParseView(compilation, attribute)
                    : null;
                if (set is not null)
                {
                    sets.Add(set);
                }

                if (EventNames.Is(attribute.AttributeClass, "DualDbEventAttribute") && ParseEvent(compilation, attribute) is { } announced)
                {
                    events.Add(announced);
                }

                if (SyncNames.Is(attribute.AttributeClass, "DualDbSyncAttribute") && Annotations.FirstType(attribute) is INamedTypeSymbol declaration)
                {
                    maps.Add(SyncParser.ParseCopy(declaration, compilation, sink: null, cancellationToken));
                    maps.Add(SyncParser.Parse(declaration, compilation, sink: null, cancellationToken));
                }
            }
        }

        return new ReferencesSpec(sets.ToEquatableArray(), events.ToEquatableArray(), Facts.Concat(maps), schemas.ToEquatableArray(), haveDefaultRoot);
    }

    // Most references are the framework's; asking each for its attributes on every keystroke would cost more than the rest together.
    private static bool KnowsDualDb(IAssemblySymbol assembly)
    {
        foreach (var module in assembly.Modules)
        {
            foreach (var reference in module.ReferencedAssemblies)
            {
                if (reference.Name is "DualDb.Sdk" or "DualDb.Consistency")
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static string? SchemaOf(AttributeData attribute)
        => TypeNames.Is(attribute.AttributeClass, "DualDb.Schema", "ModelSchemaAttribute") && attribute.ConstructorArguments.Length == 2
            ? attribute.ConstructorArguments[1].Value as string
            : null;

    private static SetSpec? ParseEntity(Compilation compilation, AttributeData attribute)
    {
        if (attribute.ConstructorArguments.Length != 6
            || attribute.ConstructorArguments[0].Value is not INamedTypeSymbol entity
            || attribute.ConstructorArguments[1].Value is not INamedTypeSymbol map
            || attribute.ConstructorArguments[2].Value is not INamedTypeSymbol repository
            || attribute.ConstructorArguments[3].Value is not INamedTypeSymbol contract
            || attribute.ConstructorArguments[4].Value is not int database
            || attribute.ConstructorArguments[5].Value is not string set
            || !compilation.IsSymbolAccessibleWithin(entity, compilation.Assembly)
            || !compilation.IsSymbolAccessibleWithin(contract, compilation.Assembly))
        {
            return null;
        }

        return new SetSpec(
            set,
            (DatabaseKind)database,
            TypeNames.Plain(entity),
            TypeNames.Plain(map),
            TypeNames.Plain(repository),
            TypeNames.Plain(contract),
            Visibility.IsPublic(entity),
            TakesCache: true,
            IsSkeleton: false);
    }

    private static EventEntrySpec? ParseEvent(Compilation compilation, AttributeData attribute)
        => attribute.ConstructorArguments.Length == 1
            && attribute.ConstructorArguments[0].Value is INamedTypeSymbol type
            && compilation.IsSymbolAccessibleWithin(type, compilation.Assembly)
            ? new EventEntrySpec(TypeNames.Plain(type), EventNames.ImplementsForItself(type, "IUpgradableEvent"))
            : null;

    private static SetSpec? ParseView(Compilation compilation, AttributeData attribute)
    {
        if (attribute.ConstructorArguments.Length != 4
            || attribute.ConstructorArguments[0].Value is not INamedTypeSymbol view
            || attribute.ConstructorArguments[1].Value is not INamedTypeSymbol reader
            || attribute.ConstructorArguments[2].Value is not INamedTypeSymbol contract
            || attribute.ConstructorArguments[3].Value is not string set
            || !compilation.IsSymbolAccessibleWithin(view, compilation.Assembly)
            || !compilation.IsSymbolAccessibleWithin(contract, compilation.Assembly))
        {
            return null;
        }

        return new SetSpec(
            set,
            Database: null,
            TypeNames.Plain(view),
            Map: "",
            TypeNames.Plain(reader),
            TypeNames.Plain(contract),
            Visibility.IsPublic(view),
            TakesCache: Annotations.Find(view, CacheParser.AttributeName) is not null,
            IsSkeleton: false);
    }
}
