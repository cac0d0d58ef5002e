using System.Collections.Immutable;
using System.ComponentModel;
using System.Runtime.InteropServices;

namespace DualDb.Caching;

/// <summary>Writes one element of a list.</summary>
/// <typeparam name="T">The type of an element.</typeparam>
/// <param name="writer">Receives it.</param>
/// <param name="item">The element.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate void PayloadItemWriter<in T>(ref PayloadWriter writer, T item);

// Many values in one column. Every element takes at least one byte, by which the reader knows how many there can be.
public ref partial struct PayloadWriter
{
    /// <summary>Writes a list.</summary>
    /// <typeparam name="T">The type of an element.</typeparam>
    /// <param name="items">The list.</param>
    /// <param name="write">Writes one element.</param>
    public void WriteItems<T>(IReadOnlyList<T> items, PayloadItemWriter<T> write)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(write);
        switch (items)
        {
            case T[] array:
                WriteSpan(array, write);
                break;

            case List<T> list:
                WriteSpan(CollectionsMarshal.AsSpan(list), write);
                break;

            default:
                WriteSpan<T>([.. items], write);
                break;
        }
    }

    /// <inheritdoc cref="WriteItems{T}(IReadOnlyList{T}, PayloadItemWriter{T})"/>
    public void WriteItems<T>(ImmutableArray<T> items, PayloadItemWriter<T> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        WriteSpan(items.AsSpan(), write);
    }

    /// <summary>Writes a list, or that there is none.</summary>
    /// <typeparam name="T">The type of an element.</typeparam>
    /// <param name="items">The list, or null.</param>
    /// <param name="write">Writes one element.</param>
    public void WriteItemsOrNull<T>(IReadOnlyList<T>? items, PayloadItemWriter<T> write)
    {
        if (!WriteIsNull(items is null))
        {
            WriteItems(items!, write);
        }
    }

    /// <inheritdoc cref="WriteItemsOrNull{T}(IReadOnlyList{T}, PayloadItemWriter{T})"/>
    public void WriteItemsOrNull<T>(ImmutableArray<T>? items, PayloadItemWriter<T> write)
    {
        if (!WriteIsNull(items is null))
        {
            WriteItems(items!.Value, write);
        }
    }

    private void WriteSpan<T>(scoped ReadOnlySpan<T> items, PayloadItemWriter<T> write)
    {
        WriteVarint((uint)items.Length);
        foreach (var item in items)
        {
            write(ref this, item);
        }
    }
}
