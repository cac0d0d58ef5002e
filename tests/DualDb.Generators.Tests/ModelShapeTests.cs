using System.Reflection;
using DualDb.Generators.Model;
using Microsoft.CodeAnalysis;

namespace DualDb.Generators.Tests;

/// <summary>
/// What flows through the pipeline compares by value and holds on to nothing of the compiler: a symbol in it would defeat every
/// cache, and keep whole compilations alive.
/// </summary>
public sealed class ModelShapeTests
{
    private static readonly IReadOnlyList<Type> Models = [.. typeof(EntitySpec).Assembly.GetTypes()
        .Where(static type => type.Namespace == typeof(EntitySpec).Namespace && !type.IsDefined(typeof(System.Runtime.CompilerServices.CompilerGeneratedAttribute)))];

    [Fact]
    public void The_models_are_found() => Assert.True(Models.Count > 10, $"Only {Models.Count} models were found.");

    [Fact]
    public void No_model_reaches_the_compiler_or_compares_by_reference()
        => Assert.Empty(Models.SelectMany(static model => Faults(model)));

    [Theory]
    [InlineData(typeof(HoldsSymbol), "ISymbol")]
    [InlineData(typeof(HoldsDerivedSymbol), "INamedTypeSymbol")]
    [InlineData(typeof(HoldsLocationInArray), "Location")]
    [InlineData(typeof(HoldsObject), "Object")]
    [InlineData(typeof(HoldsList), "List`1")]
    [InlineData(typeof(HoldsClass), "ComparesByReference")]
    [InlineData(typeof(HoldsDelegate), "Func`1")]
    public void The_test_can_fail(Type bad, string expected) => Assert.Contains(Faults(bad), fault => fault.Contains(expected, StringComparison.Ordinal));

    // Of a model, its fields; of a field, everything its type is made of.
    private static IEnumerable<string> Faults(Type model)
    {
        var isStatic = model is { IsAbstract: true, IsSealed: true };
        return isStatic || model.IsGenericTypeDefinition ? [] : Faults(model, []).Select(fault => $"{model.Name}: {fault}");
    }

    private static IEnumerable<string> Faults(Type type, HashSet<Type> seen)
    {
        if (!seen.Add(type) || type.IsEnum || type.IsPrimitive || type == typeof(string))
        {
            return [];
        }

        if (IsOfCompiler(type))
        {
            return [$"{type.Name} belongs to the compiler"];
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Faults(underlying, seen);
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(EquatableArray<>))
        {
            return Faults(type.GetGenericArguments()[0], seen);
        }

        if (!typeof(IEquatable<>).MakeGenericType(type).IsAssignableFrom(type))
        {
            return [$"{type.Name} does not compare by value"];
        }

        return type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .SelectMany(field => Faults(field.FieldType, seen).Select(fault => $"{field.Name}: {fault}"));
    }

    // By assignability: the field may be declared as an interface or a base class of what it holds.
    private static bool IsOfCompiler(Type type)
        => new[] { typeof(ISymbol), typeof(SyntaxNode), typeof(SyntaxTree), typeof(Compilation), typeof(SemanticModel), typeof(Location), typeof(AttributeData) }
                .Any(forbidden => forbidden.IsAssignableFrom(type))
            || type.Assembly.GetName().Name!.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal);

    private sealed record HoldsSymbol(ISymbol Symbol);

    private sealed record HoldsDerivedSymbol(INamedTypeSymbol Symbol);

    private sealed record HoldsLocationInArray(EquatableArray<HoldsLocation> Locations);

    private sealed record HoldsLocation(Location Location);

    private sealed record HoldsObject(object Anything);

    private sealed record HoldsList(List<string> Items);

    private sealed record HoldsClass(ComparesByReference Class);

    private sealed record HoldsDelegate(Func<string> Text);

    private sealed class ComparesByReference;
}
