using System.Globalization;
using DualDb.Mapping;

namespace DualDb.Views;

/// <summary>
/// The statements that views need of an entity. They grow out of its <c>SelectAll</c>, so that its own file alone knows its columns, and
/// an edit of one rewrites no view.
/// </summary>
internal static class EntitySql<TEntity, TKey, TMap>
    where TEntity : class
    where TKey : notnull
    where TMap : struct, IEntityMap<TEntity, TKey>
{
    // No name that PostgreSQL accepts from a model holds a line break, so that only clauses begin with one.
    private const string OrderClause = "\norder by ";

    private static readonly int OrderStart = TMap.SelectAll.LastIndexOf(OrderClause, StringComparison.Ordinal);

    private static readonly string Unordered = TMap.SelectAll[..OrderStart];

    private static readonly string KeyOrder = TMap.SelectAll[(OrderStart + OrderClause.Length)..];

    private static readonly string Join = Unordered.Contains("\nwhere ", StringComparison.Ordinal) ? "\n  and " : "\nwhere ";

    /// <summary>The rows that meet a condition, in the order of their keys.</summary>
    public static string Where(string condition) => $"{Unordered}{Join}{condition}{OrderClause}{KeyOrder}";

    /// <summary>The rows that refer to one of many keys.</summary>
    public static string ByReference(ReferenceColumn reference, IReadOnlyList<string>? order)
        => $"{Unordered}{Join}{reference.Name} = any($1::{reference.Type}[]){OrderClause}{(order is null ? KeyOrder : string.Join(", ", order))}";

    /// <summary>The first rows that refer to each of many keys, in an order that ends with the key: the server runs the inner select once per key, and stops at the limit.</summary>
    public static string FirstByReference(ReferenceColumn reference, IReadOnlyList<string> order, int limit)
    {
        // A table of the user's own may have either name.
        var keys = Free("k");
        var rows = Free("r");
        var inner = string.Create(
            CultureInfo.InvariantCulture,
            $"{Unordered}{Join}{reference.Name} = {keys}.key{OrderClause}{string.Join(", ", order)}\nlimit {limit}");
        return $"""
            select {rows}.*
            from unnest($1::{reference.Type}[]) with ordinality as {keys}(key, number)
            cross join lateral
            (
                {inner.Replace("\n", "\n    ", StringComparison.Ordinal)}
            ) as {rows}
            order by {keys}.number, {string.Join(", ", order.Select(part => $"{rows}.{part}"))}
            """;
    }

    private static string Free(string alias) => string.Equals(TMap.Info.Table, alias, StringComparison.Ordinal) ? alias + "_" : alias;
}
