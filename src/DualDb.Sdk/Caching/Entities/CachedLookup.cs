using System.ComponentModel;

namespace DualDb.Caching;

/// <summary>Adds a value to the text of a key.</summary>
/// <typeparam name="T">The value.</typeparam>
/// <param name="text">The text.</param>
/// <param name="value">The value.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate void KeyFormat<in T>(ref KeyText text, T value);

/// <summary>Tells the value of an entity that a lookup finds it by.</summary>
/// <typeparam name="TEntity">The entity.</typeparam>
/// <typeparam name="TValue">The value; a tuple where several columns are unique together.</typeparam>
/// <param name="entity">The entity.</param>
/// <param name="value">Its value.</param>
/// <returns>Whether it has one: nothing finds it by null.</returns>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate bool LookupValue<in TEntity, TValue>(TEntity entity, out TValue value);

/// <summary>How rows of an entity are found by something other than their key: a reference, or a unique value.</summary>
/// <typeparam name="TEntity">The entity.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class CachedLookup<TEntity>
    where TEntity : class
{
    private protected CachedLookup(string member, string columns, bool isExact)
    {
        Member = member;
        Columns = columns;
        IsExact = isExact;
    }

    /// <summary>The member; several are joined by commas.</summary>
    public string Member { get; }

    /// <summary>The columns, joined by commas.</summary>
    public string Columns { get; }

    /// <summary>Whether values that differ in .NET differ in PostgreSQL. Rows found by others are not cached.</summary>
    public bool IsExact { get; }

    /// <summary>Writes what an entity is found by.</summary>
    /// <returns>Whether it has a value.</returns>
    internal abstract bool TryWrite(ref KeyText text, TEntity entity);

    /// <summary>Writes a value that a caller names.</summary>
    /// <returns>Whether it is of the right type.</returns>
    internal abstract bool TryWriteValue(ref KeyText text, object value);
}

/// <summary>A lookup by the type of its value.</summary>
/// <typeparam name="TEntity">The entity.</typeparam>
/// <typeparam name="TValue">The value; a tuple where several columns are unique together.</typeparam>
/// <param name="member">The member; several are joined by commas.</param>
/// <param name="columns">The columns, joined by commas.</param>
/// <param name="isExact">Whether values that differ in .NET differ in PostgreSQL.</param>
/// <param name="format">Writes a value.</param>
/// <param name="valueOf">The value of an entity.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class CachedLookup<TEntity, TValue>(string member, string columns, bool isExact, KeyFormat<TValue> format, LookupValue<TEntity, TValue> valueOf)
    : CachedLookup<TEntity>(member, columns, isExact)
    where TEntity : class
{
    /// <summary>Writes a value.</summary>
    internal KeyFormat<TValue> Format { get; } = format;

    internal override bool TryWrite(ref KeyText text, TEntity entity)
    {
        if (!valueOf(entity, out var value))
        {
            return false;
        }

        Format(ref text, value);
        return true;
    }

    internal override bool TryWriteValue(ref KeyText text, object value)
    {
        if (value is not TValue typed && !WholeNumbers.TryWiden(value, out typed!))
        {
            return false;
        }

        Format(ref text, typed);
        return true;
    }
}
