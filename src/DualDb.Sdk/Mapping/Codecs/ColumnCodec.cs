using System.ComponentModel;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Mapping;

/// <summary>
/// How the values of one .NET type travel to and from one PostgreSQL type, and how PostgreSQL compares them. Generated code makes one
/// per column with <see cref="ColumnCodec"/>.
/// </summary>
/// <typeparam name="T">The .NET type.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ColumnCodec<T>
{
    private protected ColumnCodec(NpgsqlDbType type, string? cast)
    {
        Type = type;
        Cast = cast;
    }

    /// <summary>The type of a parameter.</summary>
    internal NpgsqlDbType Type { get; }

    /// <summary>The type that a parameter is cast to, because Npgsql need not know it (a domain, <c>citext</c>, an enum of PostgreSQL); null where none.</summary>
    internal string? Cast { get; }

    /// <summary>
    /// The type that a parameter is cast to in order to be compared, or null. Less than <see cref="Cast"/>: an explicit cast to a domain cuts a text
    /// off at its length, and refuses a number that its check refuses, where the answer is just that no row has such a value.
    /// </summary>
    internal virtual string? ComparisonCast => Cast;

    /// <summary>The type of such a parameter.</summary>
    internal virtual NpgsqlDbType ComparisonType => Type;

    /// <summary>Whether values are texts that PostgreSQL sorts by a collation.</summary>
    internal bool IsCollated => IsCaseless || (Cast is null && Type is NpgsqlDbType.Text or NpgsqlDbType.Varchar or NpgsqlDbType.Char);

    /// <summary>Whether values are of the type <c>citext</c>, which does not look at the case of letters.</summary>
    internal bool IsCaseless => TextOrder.IsCaseless(Cast);

    /// <summary>Adds a value as a parameter.</summary>
    /// <exception cref="ColumnValueException">PostgreSQL has no such value.</exception>
    internal abstract void Add(NpgsqlParameterCollection parameters, T value);

    /// <summary>Adds values, none of them null, as one array.</summary>
    /// <exception cref="ColumnValueException">PostgreSQL has no such value.</exception>
    internal abstract void AddMany(NpgsqlParameterCollection parameters, IReadOnlyList<T> values);

    /// <summary>Hands a value to where it does not travel as a parameter.</summary>
    /// <exception cref="ColumnValueException">PostgreSQL has no such value.</exception>
    internal abstract void Add(ValueSink sink, T value);

    /// <summary>The text that travels for a value that is not null.</summary>
    /// <exception cref="NotSupportedException">Something else travels.</exception>
    internal virtual string TextOf(T value) => throw new NotSupportedException($"Values of the type {Type} do not travel as text.");

    /// <summary>Reads a value.</summary>
    /// <exception cref="ColumnValueException">It is NULL, and the type accepts none; or it does not fit the type.</exception>
    internal abstract T Read(ResultRow row, int ordinal);

    /// <summary>The order in which PostgreSQL sorts two values, none of them null; texts by code point.</summary>
    /// <exception cref="NotSupportedException">That order cannot be told without PostgreSQL.</exception>
    internal abstract int Compare(T left, T right);

    /// <summary>Whether PostgreSQL holds two values, none of them null, for equal.</summary>
    /// <exception cref="NotSupportedException">That cannot be told without PostgreSQL.</exception>
    internal abstract bool AreEqual(T left, T right);

    /// <summary>Whether a cursor can hold values.</summary>
    internal abstract bool IsForCursors { get; }

    /// <summary>Writes a value that may be null, for a cursor.</summary>
    internal abstract void Write(BinaryWriter writer, T value);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    internal abstract T Read(BinaryReader reader);
}
