using System;
using System.Collections.Generic;
using DualDb.Generators.Model;

namespace DualDb.Generators.Emission;

/// <summary>The fields of a reader, one per member whose rows it reads.</summary>
internal static class ViewFields
{
    /// <summary>The fields in the order of the members: <c>Orders.Courier</c> → <c>OrdersCourierRows</c>, with a number where two would be the same.</summary>
    public static IReadOnlyList<string> Of(ViewSpec view)
    {
        var inUse = new HashSet<string>(StringComparer.Ordinal);
        var fields = new List<string>();
        foreach (var member in view.Members)
        {
            var name = member.Path.Replace(".", "") + "Rows";
            var field = name;
            for (var number = 2; !inUse.Add(field); number++)
            {
                field = name + Identifier.Number(number);
            }

            fields.Add(field);
        }

        return fields;
    }
}
