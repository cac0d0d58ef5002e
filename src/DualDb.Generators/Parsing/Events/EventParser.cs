using System;
using System.Globalization;
using System.Threading;
using DualDb.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DualDb.Generators.Parsing;

/// <summary>Reads a type with <c>[DomainEvent]</c>: symbols in, plain facts out.</summary>
internal static class EventParser
{
    /// <summary>The facts of an event; null for a type that is none, or one that nothing can be generated for.</summary>
    /// <param name="type">The type.</param>
    /// <param name="compilation">The project.</param>
    /// <param name="sink">Is told of each problem; null where nobody asks.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static EventSpec? Parse(INamedTypeSymbol type, Compilation compilation, Action<Problem>? sink, CancellationToken cancellationToken)
    {
        if (EventNames.Find(type, "DomainEventAttribute") is not { } attribute || type.TypeKind is not (TypeKind.Class or TypeKind.Struct))
        {
            return null;
        }

        var context = new ParseContext(type, compilation, sink, cancellationToken);
        EventDeclaration.Check(context);
        var name = NameOf(context, attribute);
        var version = VersionOf(context, attribute);
        if (context.HasFaults)
        {
            // Of a type that is at fault itself, its members need not be gone through.
            return null;
        }

        var parser = new JsonCodecParser(
            type,
            compilation,
            fault => context.Report(ProblemKind.EventNotEncodable, fault.Symbol, null, fault.Place, fault.Why, fault.Next),
            cancellationToken);
        var payload = parser.Parse(type, new JsonPlace(type, type.Name));
        return parser.Codec() is not { } codec || payload is null
            ? null
            : new EventSpec(
                TypeNames.Describe(type), name!, version, EventNames.ImplementsForItself(type, "IUpgradableEvent"), payload with { IsNullable = false }, codec);
    }

    private static string? NameOf(ParseContext context, AttributeData attribute)
    {
        if (Annotations.FirstText(attribute) is not { } name)
        {
            // Null is refused here; what is no text, by the compiler.
            name = "";
            if (attribute.ConstructorArguments.Length != 1 || attribute.ConstructorArguments[0].Kind == TypedConstantKind.Error)
            {
                context.MarkFaulty();
                return null;
            }
        }

        if (EventNames.Fault(name) is { } fault)
        {
            var shown = name.Length > 50 ? name.Substring(0, 50) + "…" : name;
            context.Report(ProblemKind.EventName, context.Entity, attribute, SymbolDisplay.FormatLiteral(shown, quote: false), fault);
        }

        return name;
    }

    private static int VersionOf(ParseContext context, AttributeData attribute)
    {
        var version = Annotations.Named(attribute, "Version") is int number ? number : 1;
        if (version < 1)
        {
            context.Report(ProblemKind.EventVersion, context.Entity, attribute, version.ToString(CultureInfo.InvariantCulture));
        }

        return version;
    }
}
