using System;
using System.Collections.Generic;
using System.Threading;
using DualDb.Generators.Model;
using Microsoft.CodeAnalysis;

namespace DualDb.Generators.Parsing;

/// <summary>Finds out how values are written as JSON: symbols in, plain facts out. One parser serves all values of one generated part.</summary>
/// <param name="within">The type that the generated code is nested in.</param>
/// <param name="compilation">The project.</param>
/// <param name="sink">Is told of each fault; null where nobody asks.</param>
/// <param name="cancellationToken">Stops the work.</param>
internal sealed class JsonCodecParser(INamedTypeSymbol within, Compilation compilation, Action<JsonFault>? sink, CancellationToken cancellationToken)
{
    private readonly JsonMethodNames _names = new();
    private readonly Dictionary<string, string> _methods = new(StringComparer.Ordinal);

    // An entry is null from the moment its type is met until its members are known: they may contain the type again.
    private readonly List<JsonTypeSpec?> _types = [];

    private readonly Dictionary<(string Method, string Member), JsonPlace> _places = [];

    private bool HasFaults { get; set; }

    /// <summary>What was found, once all values are parsed; null where something has no form in JSON, or does not exist.</summary>
    public JsonCodecSpec? Codec()
    {
        var types = Facts.Concat<JsonTypeSpec>(_types);
        if (!HasFaults && JsonCycles.Find(types) is var (type, member))
        {
            Report(
                _places[(type.Method, member.Name)],
                $"is of type '{member.Value.Type.Replace("global::", "")}', which contains '{type.Shown}' again and is never null, so that no instance could be completed",
                "Make it nullable, or a list");
        }

        return HasFaults ? null : new JsonCodecSpec(JsonHolder.Name(within), types);
    }

    /// <summary>A value of a type; null where it cannot be written.</summary>
    public JsonValueSpec? Parse(ITypeSymbol type, JsonPlace place)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
        {
            return ParseNotNull(nullable.TypeArguments[0], place) is { } value ? value with { IsNullable = true } : null;
        }

        return ParseNotNull(type, place) is { } found
            ? found with { IsNullable = type.IsReferenceType && type.NullableAnnotation != NullableAnnotation.NotAnnotated }
            : null;
    }

    private JsonValueSpec? ParseNotNull(ITypeSymbol type, JsonPlace place)
    {
        if (type.TypeKind == TypeKind.Error)
        {
            // The compiler says so itself.
            HasFaults = true;
            return null;
        }

        if (JsonScalars.Of(type) is not JsonScalar.None and var scalar)
        {
            return new JsonValueSpec(TypeNames.NotNull(type), scalar, Method: null, type.IsValueType, IsNullable: false);
        }

        return type.TypeKind == TypeKind.Enum ? ParseEnum((INamedTypeSymbol)type, place)
            : JsonCollections.Of(type) is { } collection ? ParseCollection(collection.Kind, collection.Element, place)
            : ParseObject(type, place);
    }

    private JsonValueSpec? ParseEnum(INamedTypeSymbol type, JsonPlace place)
    {
        if (JsonTypeRules.HiddenFault(type, within, compilation) is { } fault)
        {
            return Refuse(type, place, fault);
        }

        return Method(JsonTypeKind.Enum, TypeNames.NotNull(type), type.Name, isValueType: true, entry => entry with
        {
            Shown = ParseContext.Display(type),
            EnumStorage = JsonScalars.Of(type.EnumUnderlyingType!),
            EnumMembers = Parsing.EnumMembers.Of(type),
        });
    }

    private JsonValueSpec? ParseCollection(JsonTypeKind kind, ITypeSymbol elementType, JsonPlace place)
    {
        if (Parse(elementType, place) is not { } element)
        {
            return null;
        }

        var name = JsonMethodNames.Of(element) + kind;
        return Method(kind, JsonCollections.Type(kind, element.Declared), name, kind == JsonTypeKind.ImmutableArray, entry => entry with
        {
            Shown = kind == JsonTypeKind.Array ? ParseContext.Display(elementType) + "[]" : $"{kind} of {ParseContext.Display(elementType)}",
            Element = element,
        });
    }

    private JsonValueSpec? ParseObject(ITypeSymbol type, JsonPlace place)
    {
        if (JsonTypeRules.Fault(type, within, compilation) is { } fault)
        {
            return Refuse(type, place, fault);
        }

        var named = (INamedTypeSymbol)type;
        return Method(JsonTypeKind.Object, TypeNames.NotNull(named), named.Name, named.IsValueType, entry =>
        {
            var (members, construction) = ParseMembers(named, entry.Method, place);
            return entry with { Shown = ParseContext.Display(named), IsSensitive = Sensitivity.Of(named), Members = members, Construction = construction };
        });
    }

    private (EquatableArray<JsonMemberSpec> Members, ConstructionSpec? Construction) ParseMembers(INamedTypeSymbol type, string method, JsonPlace place)
    {
        void RefuseMember(ISymbol member, string why, string next) => Report(JsonPlace.Of(type, member), why, next);
        var members = JsonMemberCollector.Collect(type, within, compilation, RefuseMember);
        if (JsonConstruction.Choose(type, members, within, compilation) is not { } construction)
        {
            const string Why = "cannot be made: no constructor takes only values of its members, each parameter named and typed like one, and leaves the others to be set";
            _ = Refuse(type, place, (Why, "Declare a positional record, or members with an init accessor"));
            return default;
        }

        var specs = new List<JsonMemberSpec>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in members)
        {
            var name = JsonAnnotations.Name(member.Property);
            if (!names.Add(name))
            {
                RefuseMember(member.Property, $"has the same name in JSON as another member, '{name}'", "Give one of them another with [JsonPropertyName]");
            }
            else if (JsonMethodNames.HasLoneSurrogate(name))
            {
                RefuseMember(member.Property, "has half a surrogate pair in its name, which JSON cannot hold", "Give it another with [JsonPropertyName]");
            }
            else if (Parse(member.Property.Type, JsonPlace.Of(type, member.Property)) is { } value)
            {
                specs.Add(Describe(member, name, value, construction));
                _places[(method, member.Property.Name)] = JsonPlace.Of(type, member.Property);
            }
        }

        return (specs.ToEquatableArray(), construction.Facts);
    }

    private JsonMemberSpec Describe(JsonMember member, string name, JsonValueSpec value, JsonConstruction construction)
    {
        var parameter = construction.ParameterOf(member);
        return new JsonMemberSpec(
            member.Property.Name,
            name,
            value,
            parameter is { IsOptional: true } ? JsonDefaults.Literal(parameter) : null,
            parameter is null && !member.Property.IsRequired && member.HasOwnValue(construction.Constructor, compilation),
            member.Property.Type.IsReferenceType && member.Property.NullableAnnotation == NullableAnnotation.None)
        {
            IsSensitive = MemberAnnotations.Of(member.Property).Sensitive is not null,
        };
    }

    // One entry per type, made the first time that it is met.
    private JsonValueSpec Method(JsonTypeKind kind, string type, string name, bool isValueType, Func<JsonTypeSpec, JsonTypeSpec> complete)
    {
        if (!_methods.TryGetValue(type, out var method))
        {
            method = _names.Take(name);
            _methods.Add(type, method);
            var place = _types.Count;
            _types.Add(null);
            _types[place] = complete(new JsonTypeSpec { Kind = kind, Method = method, Type = type, Shown = name });
        }

        return new JsonValueSpec(type, JsonScalar.None, method, isValueType, IsNullable: false);
    }

    private JsonValueSpec? Refuse(ITypeSymbol type, JsonPlace place, (string Why, string Next) fault)
    {
        Report(place, SymbolEqualityComparer.Default.Equals(place.Symbol, type) ? fault.Why : $"is of type '{ParseContext.Display(type)}', which {fault.Why}", fault.Next);
        return null;
    }

    private void Report(JsonPlace place, string why, string next)
    {
        HasFaults = true;
        sink?.Invoke(new JsonFault(place.Symbol, place.Text, why, next));
    }
}
