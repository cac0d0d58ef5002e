using System;
using System.Collections.Generic;
using System.Globalization;
using Microsoft.CodeAnalysis;

namespace DualDb.Generators.Parsing;

/// <summary>The nested class that holds a codec.</summary>
internal static class JsonHolder
{
    /// <summary>A name for it that neither the type nor one of its bases uses.</summary>
    public static string Name(INamedTypeSymbol within)
    {
        // A member cannot be called like its type.
        var taken = new HashSet<string>(StringComparer.Ordinal) { within.Name };
        for (var type = within; type is not null; type = type.BaseType)
        {
            foreach (var member in type.GetMembers())
            {
                // The analyzer sees the generated class itself.
                if (!RootParser.IsGenerated(member) || !SymbolEqualityComparer.Default.Equals(type, within))
                {
                    taken.Add(member.Name);
                }
            }
        }

        var name = "PayloadJson";
        for (var number = 2; taken.Contains(name); number++)
        {
            name = "PayloadJson" + number.ToString(CultureInfo.InvariantCulture);
        }

        return name;
    }
}
