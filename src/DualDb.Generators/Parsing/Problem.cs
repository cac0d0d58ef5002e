using Microsoft.CodeAnalysis;

namespace DualDb.Generators.Parsing;

/// <summary>
/// A reason why something is not generated, met while parsing. The analyzer turns it into a diagnostic; the generator ignores it
/// and emits less.
/// </summary>
/// <param name="kind">What is wrong.</param>
/// <param name="symbol">What it is about: a type, a property or a parameter.</param>
/// <param name="attribute">The attribute at fault; null where the symbol itself is.</param>
/// <param name="arguments">The words of the message, as documented on <see cref="ProblemKind"/>.</param>
internal sealed class Problem(ProblemKind kind, ISymbol symbol, AttributeData? attribute, params string[] arguments)
{
    public ProblemKind Kind { get; } = kind;

    public ISymbol Symbol { get; } = symbol;

    public AttributeData? Attribute { get; } = attribute;

    public string[] Arguments { get; } = arguments;
}
