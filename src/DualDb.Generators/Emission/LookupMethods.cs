using System;
using System.Collections.Generic;
using DualDb.Generators.Emission.Sql;
using DualDb.Generators.Model;
using DualDb.Generators.Parsing;

namespace DualDb.Generators.Emission;

/// <summary>The methods that references and unique columns call for.</summary>
internal static class LookupMethods
{
    public static List<LookupMethod> Of(EntitySpec entity)
    {
        var methods = new List<LookupMethod>();
        foreach (var unique in entity.Uniques)
        {
            methods.Add(FindBy(entity, KeyCode.Columns(entity, unique.Ordinals)));
        }

        foreach (var reference in entity.References)
        {
            var column = entity.Columns[reference.Ordinal];
            methods.Add(ListBy(entity, reference, column));
            methods.Add(ListByMany(entity, reference, column));
        }

        return methods;
    }

    private static LookupMethod FindBy(EntitySpec entity, List<ColumnSpec> columns)
    {
        var inUse = ReservedNames();
        var names = columns.ConvertAll(column => Identifier.Parameter(column.Member, inUse));
        var members = string.Join("And", columns.ConvertAll(static column => column.Member));
        var map = entity.Type.Sibling(entity.Type.Name + "Map") + ".";
        var parameters = new List<string>();
        var documentation = new List<string> { $"/// <summary>The row with {(columns.Count == 1 ? "this value" : "these values")}, or null.</summary>" };
        var binding = new List<string>();
        for (var i = 0; i < columns.Count; i++)
        {
            parameters.Add($"{columns[i].NotNullType} {names[i]}");
            documentation.Add($"/// <param name=\"{names[i].TrimStart('@')}\">The value of <c>{columns[i].Member}</c>.</param>");
            binding.Add($"binder.Add({ColumnCode.Encode(columns[i], KeyCode.TuplePart(columns, i, "argument"), map)}, {WireTypes.DbType(columns[i])});");
        }

        var argument = names.Count == 1 ? names[0] : "(" + string.Join(", ", names) + ")";
        return new LookupMethod
        {
            Name = LookupRules.FindBy(columns.ConvertAll(static column => column.Member)),
            StatementName = "FindBy" + members,
            Documentation = string.Join("\n", documentation),
            ReturnType = $"global::System.Threading.Tasks.ValueTask<{entity.Type.FullName}?>",
            Parameters = string.Join(", ", parameters),
            ArgumentType = KeyCode.Tuple(columns),
            Columns = columns.ConvertAll(static column => Identifier.Literal(column.Name)),
            Sql = SelectSql.ByColumns(entity, columns.ConvertAll(static column => column.Ordinal), ordered: false),
            Binding = binding,
            Call = transaction => $"FindByAsync(FindBy{members}, {argument}, {transaction}, cancellationToken)",
            CachedCall = entity.Cache is null ? null : $"FindByAsync({CachedLookups.Field(columns)}, FindBy{members}, {argument}, cancellationToken)",
        };
    }

    private static LookupMethod ListBy(EntitySpec entity, ReferenceSpec reference, ColumnSpec column)
    {
        var name = Identifier.Parameter(column.Member, ReservedNames());
        var map = entity.Type.Sibling(entity.Type.Name + "Map") + ".";
        return new LookupMethod
        {
            Name = $"ListBy{column.Member}Async",
            StatementName = "ListBy" + column.Member,
            Documentation = $"""
                /// <summary>The rows whose <c>{column.Member}</c> is the key of one {reference.Target}, in the order of their keys.</summary>
                /// <param name="{name.TrimStart('@')}">The key of the {reference.Target}.</param>
                """,
            ReturnType = $"global::System.Threading.Tasks.Task<global::System.Collections.Generic.IReadOnlyList<{entity.Type.FullName}>>",
            Parameters = $"{column.NotNullType} {name}",
            ArgumentType = column.NotNullType,
            Columns = [Identifier.Literal(column.Name)],
            Sql = SelectSql.ByColumns(entity, [column.Ordinal], ordered: true),
            Binding = [$"binder.Add({ColumnCode.Encode(column, "argument", map)}, {WireTypes.DbType(column)});"],
            Call = transaction => $"ListByAsync(ListBy{column.Member}, {name}, {transaction}, cancellationToken)",
            CachedCall = entity.Cache is null ? null : $"ListByAsync({CachedLookups.Field([column])}, ListBy{column.Member}, {name}, cancellationToken)",
        };
    }

    private static LookupMethod ListByMany(EntitySpec entity, ReferenceSpec reference, ColumnSpec column)
    {
        var members = Naming.Set(column.Member);
        var name = Identifier.Parameter(members, ReservedNames());
        var map = entity.Type.Sibling(entity.Type.Name + "Map") + ".";
        var value = ColumnCode.Get(entity, column, "entity");

        // A row found by its value has one.
        var given = !column.IsNullable ? value : column.IsValueType ? value + "!.Value" : value + "!";
        return new LookupMethod
        {
            Name = LookupRules.ListByMany(column.Member),
            StatementName = $"ListByMany{column.Member}",
            Documentation = $"""
                /// <summary>The rows of many {reference.Target} keys in one statement, grouped by <c>{column.Member}</c>. No keys, no statement.</summary>
                /// <param name="{name.TrimStart('@')}">The keys; naming one twice does no harm.</param>
                """,
            ReturnType = $"global::System.Threading.Tasks.Task<global::System.Linq.ILookup<{column.NotNullType}, {entity.Type.FullName}>>",
            Parameters = $"global::System.Collections.Generic.IReadOnlyCollection<{column.NotNullType}> {name}",
            ArgumentType = $"global::System.Collections.Generic.IReadOnlyList<{column.NotNullType}>",
            Columns = [Identifier.Literal(column.Name)],
            Sql = SelectSql.ByAnyOf(entity, column),
            Binding = [$"binder.AddColumn(argument, {EncodeEachGiven(column, map)}, {WireTypes.DbType(column.Scalar)});"],
            Call = transaction => $"LookupByAsync(ListByMany{column.Member}, {name}, static entity => {given}, {transaction}, cancellationToken)",
        };
    }

    // The encoder takes the member's type: for a nullable value type a method group would not fit the list's elements.
    private static string EncodeEachGiven(ColumnSpec column, string map)
        => column is { IsNullable: true, IsValueType: true }
            ? $"static value => {ColumnCode.Encode(column, "value", map)}"
            : ColumnCode.EncodeEach(column, "value", "value", map);

    private static HashSet<string> ReservedNames() => new(StringComparer.Ordinal) { "transaction", "cancellationToken" };
}
