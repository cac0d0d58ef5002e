using System;
using System.Collections.Generic;
using System.Globalization;
using DualDb.Generators.Parsing;
using Microsoft.CodeAnalysis.CSharp;

namespace DualDb.Generators.Emission;

/// <summary>Names of generated C#.</summary>
internal static class Identifier
{
    private static readonly HashSet<string> TupleMembers = new(StringComparer.Ordinal)
    {
        "CompareTo", "Deconstruct", "Equals", "GetHashCode", "Rest", "ToString",
    };

    /// <summary>A name with <c>@</c> where it is a keyword.</summary>
    public static string Escape(string name) => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;

    /// <summary>
    /// A parameter for a member: <c>UserId</c> → <c>userId</c>, <c>URL</c> → <c>url</c>, with a number where the name is in use.
    /// </summary>
    /// <param name="member">The member.</param>
    /// <param name="inUse">The names in use; receives the new one.</param>
    public static string Parameter(string member, HashSet<string> inUse)
    {
        var name = Naming.CamelCase(member);
        var candidate = name;
        for (var number = 2; !inUse.Add(candidate); number++)
        {
            candidate = name + Number(number);
        }

        return Escape(candidate);
    }

    /// <summary>The name of a tuple's element; null where a tuple could not have it.</summary>
    public static string? TupleElement(string member)
        => TupleMembers.Contains(member) || (member.StartsWith("Item", StringComparison.Ordinal) && member.Length > 4 && char.IsDigit(member[4]))
            ? null
            : Escape(member);

    /// <summary>A number in invariant digits.</summary>
    public static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A C# string literal.</summary>
    public static string Literal(string text) => SymbolDisplay.FormatLiteral(text, quote: true);
}
