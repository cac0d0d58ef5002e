using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DualDb.Generators.Parsing;

/// <summary>Which names PostgreSQL and C# accept.</summary>
internal static class NameRules
{
    /// <summary>PostgreSQL cuts longer names off without an error, so that two of them may become one.</summary>
    private const int MaxBytes = 63;

    /// <summary>Reports a name that PostgreSQL would refuse or change.</summary>
    public static void Check(ParseContext context, ISymbol symbol, AttributeData? attribute, string what, string name)
    {
        if (Fault(name) is { } fault)
        {
            ReportName(context, symbol, attribute, what, name, fault);
        }
    }

    /// <summary>Reports a set that is no C# identifier.</summary>
    public static void CheckSet(ParseContext context, AttributeData attribute, string set)
    {
        if (!CanBeSet(set))
        {
            ReportName(context, context.Entity, attribute, "set", set, "it is no C# identifier");
        }
    }

    /// <summary>Whether a property can have this name, escaped where it is a keyword.</summary>
    public static bool CanBeSet(string set) => SyntaxFacts.IsValidIdentifier(set);

    private static void ReportName(ParseContext context, ISymbol symbol, AttributeData? attribute, string what, string name, string fault)
    {
        var bearer = symbol is IPropertySymbol ? context.Entity.Name + "." + symbol.Name : context.Entity.Name;

        // A line break in the name would break the line of the message that shows it.
        context.Report(ProblemKind.InvalidName, symbol, attribute, what, SymbolDisplay.FormatLiteral(name, quote: false), fault, bearer);
    }

    private static string? Fault(string name)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            return "it is empty";
        }

        foreach (var c in name)
        {
            if (char.IsControl(c) || char.IsSurrogate(c))
            {
                return "it contains a control character or a surrogate";
            }
        }

        return Encoding.UTF8.GetByteCount(name) > MaxBytes ? "it is longer than 63 bytes" : null;
    }
}
