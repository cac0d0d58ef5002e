using System;
using System.Collections.Generic;
using DualDb.Generators.Model;

namespace DualDb.Generators.Emission.Sql;

/// <summary>The conditions of a table.</summary>
internal static class CheckSql
{
    /// <summary>Each with its name. One without gets a name like PostgreSQL's, and a number where that is taken.</summary>
    public static List<(string Name, string Sql)> Of(EntitySpec entity)
    {
        var checks = new List<(string Name, string Sql)>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var check in entity.Checks)
        {
            var derived = check.Name ?? (check.Ordinal is { } ordinal ? $"{entity.Table}_{entity.Columns[ordinal].Name}_check" : entity.Table + "_check");
            var name = PostgresIdentifier.Derived(derived);
            for (var number = 1; !names.Add(name); number++)
            {
                name = PostgresIdentifier.Derived(derived + Identifier.Number(number));
            }

            checks.Add((name, check.Sql));
        }

        return checks;
    }
}
