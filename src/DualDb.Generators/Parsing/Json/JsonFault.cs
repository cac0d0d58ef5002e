using Microsoft.CodeAnalysis;

namespace DualDb.Generators.Parsing;

/// <summary>A member, or a type itself, that no codec can be written for. Whoever asked for the codec turns it into a problem of its own.</summary>
/// <param name="symbol">What it is about.</param>
/// <param name="place">The member as messages show it: <c>Order.Total</c>.</param>
/// <param name="why">The reason, as what is said of the place: <c>is of type …, which …</c>.</param>
/// <param name="next">What to do.</param>
internal sealed class JsonFault(ISymbol symbol, string place, string why, string next)
{
    public ISymbol Symbol { get; } = symbol;

    public string Place { get; } = place;

    public string Why { get; } = why;

    public string Next { get; } = next;
}

/// <summary>Where a value stands that is being parsed.</summary>
/// <param name="symbol">The member, or the type of the whole document.</param>
/// <param name="text">The same as messages show it.</param>
internal sealed class JsonPlace(ISymbol symbol, string text)
{
    public ISymbol Symbol { get; } = symbol;

    public string Text { get; } = text;

    public static JsonPlace Of(INamedTypeSymbol type, ISymbol member) => new(member, type.Name + "." + member.Name);
}
