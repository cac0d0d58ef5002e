using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;

namespace DualDb.Mapping;

// Arrays and lists in one column.
public static partial class ColumnValue
{
    /// <summary>The elements of a list.</summary>
    /// <typeparam name="T">The type of an element.</typeparam>
    /// <param name="values">The list.</param>
    /// <param name="column">The column.</param>
    /// <exception cref="ColumnValueException">The list is null.</exception>
    public static T[] Items<T>(IReadOnlyList<T>? values, string column)
        => values as T[] ?? [.. values ?? throw IsNull(column)];

    /// <summary>The elements of a list, each turned into what travels.</summary>
    /// <typeparam name="T">The type of an element.</typeparam>
    /// <typeparam name="TWire">The type that travels.</typeparam>
    /// <param name="values">The list.</param>
    /// <param name="column">The column.</param>
    /// <param name="convert">Turns one element into what travels.</param>
    /// <exception cref="ColumnValueException">The list is null, or an element does not fit.</exception>
    public static TWire[] Items<T, TWire>(IReadOnlyList<T>? values, string column, Func<T, TWire> convert)
    {
        ArgumentNullException.ThrowIfNull(convert);
        var items = new TWire[(values ?? throw IsNull(column)).Count];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = convert(values[i]);
        }

        return items;
    }

    /// <inheritdoc cref="Items{T}(IReadOnlyList{T}, string)"/>
    public static T[] Items<T>(ImmutableArray<T> values, string column)
        => ImmutableCollectionsMarshal.AsArray(values) ?? throw IsDefault(column);

    /// <inheritdoc cref="Items{T, TWire}(IReadOnlyList{T}, string, Func{T, TWire})"/>
    public static TWire[] Items<T, TWire>(ImmutableArray<T> values, string column, Func<T, TWire> convert)
        => Items((IReadOnlyList<T>)(ImmutableCollectionsMarshal.AsArray(values) ?? throw IsDefault(column)), column, convert);

    /// <summary>Elements that were read, each turned into what the member holds.</summary>
    /// <typeparam name="TWire">The type that travelled.</typeparam>
    /// <typeparam name="T">The type of an element.</typeparam>
    /// <param name="values">The elements.</param>
    /// <param name="convert">Turns one element into what the member holds.</param>
    public static T[] ReadItems<TWire, T>(TWire[] values, Func<TWire, T> convert)
    {
        ArgumentNullException.ThrowIfNull(values);
        return Array.ConvertAll(values, convert.Invoke);
    }

    /// <summary>Elements that were read, none of them NULL.</summary>
    /// <typeparam name="T">The type of an element.</typeparam>
    /// <param name="values">The elements.</param>
    /// <param name="column">The column.</param>
    /// <exception cref="ColumnValueException">One is NULL.</exception>
    public static T[] ReadNotNullItems<T>(T?[] values, string column)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(values);
        var index = Array.IndexOf(values, null);
        if (index >= 0)
        {
            throw new ColumnValueException(
                column,
                string.Create(CultureInfo.InvariantCulture, $"holds NULL at place {index + 1} of its array, but the member's elements do not accept null"),
                "Make the elements nullable, or correct the row.");
        }

        return values!;
    }

    private static ColumnValueException IsDefault(string column)
        => new(column, "does not accept null, but the ImmutableArray is default", "Set it, to ImmutableArray<T>.Empty for none.");
}
