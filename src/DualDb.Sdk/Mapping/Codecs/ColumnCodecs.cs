using System.ComponentModel;
using NpgsqlTypes;

namespace DualDb.Mapping;

/// <summary>Makes the codecs of columns; for generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ColumnCodec
{
    /// <summary>Values that travel as they are.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="type">The PostgreSQL type.</param>
    /// <param name="cast">The type that parameters are cast to, or null.</param>
    public static ColumnCodec<T> Plain<T>(NpgsqlDbType type, string? cast = null)
        where T : notnull
        => new ScalarCodec<T, T>(type, cast, static value => value, static wire => wire);

    /// <summary>Values that travel as another type.</summary>
    /// <typeparam name="T">The type of the member.</typeparam>
    /// <typeparam name="TWire">The type that travels.</typeparam>
    /// <param name="type">The PostgreSQL type.</param>
    /// <param name="encode">Turns a value into what travels.</param>
    /// <param name="decode">Turns what travelled into the value.</param>
    /// <param name="cast">The type that parameters are cast to, or null.</param>
    public static ColumnCodec<T> Of<T, TWire>(NpgsqlDbType type, Func<T, TWire> encode, Func<TWire, T> decode, string? cast = null)
        where T : notnull
        where TWire : notnull
        => new ScalarCodec<T, TWire>(type, cast, encode, decode);

    /// <summary>Lists of values that travel as an array.</summary>
    /// <typeparam name="T">The type of the member.</typeparam>
    /// <typeparam name="TItem">The type of an element.</typeparam>
    /// <typeparam name="TWire">The type of an element that travels; nullable where elements may be null.</typeparam>
    /// <param name="item">How one element travels.</param>
    /// <param name="encode">Turns the list into what travels.</param>
    /// <param name="decode">Turns what travelled into the list.</param>
    public static ColumnCodec<T> Items<T, TItem, TWire>(ColumnCodec<TItem> item, Func<T, TWire[]> encode, Func<TWire[], T> decode)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(item);
        return new ItemsCodec<T, TItem, TWire>(item, encode, decode);
    }

    /// <summary>The same values, or null.</summary>
    /// <typeparam name="T">The type without null.</typeparam>
    /// <param name="codec">The codec of the values.</param>
    public static ColumnCodec<T?> OrNull<T>(ColumnCodec<T> codec)
        where T : struct
    {
        ArgumentNullException.ThrowIfNull(codec);
        return new NullableCodec<T>(codec);
    }

    /// <summary>The same values, or null.</summary>
    /// <typeparam name="T">The type without null.</typeparam>
    /// <param name="codec">The codec of the values; codecs of reference types can carry null anyway.</param>
    public static ColumnCodec<T?> OrNullReference<T>(ColumnCodec<T> codec)
        where T : class
        => codec!;
}
