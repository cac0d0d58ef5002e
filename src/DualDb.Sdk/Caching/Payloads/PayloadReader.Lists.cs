using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace DualDb.Caching;

/// <summary>Reads one element of a list.</summary>
/// <typeparam name="T">The type of an element.</typeparam>
/// <param name="reader">Where it is read from.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate T PayloadItemReader<out T>(ref PayloadReader reader);

// Many values in one column.
public ref partial struct PayloadReader
{
    /// <summary>The bytes that are allocated for elements before the first is read.</summary>
    private const int FirstAllocation = 64 * 1024;

    /// <summary>Reads a list.</summary>
    /// <typeparam name="T">The type of an element.</typeparam>
    /// <param name="read">Reads one element.</param>
    /// <exception cref="PayloadException">The payload is damaged.</exception>
    public T[] ReadItems<T>(PayloadItemReader<T> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        var count = ReadLength();
        if (count == 0)
        {
            return [];
        }

        // An element may take more memory than bytes of the payload, so that a wrong count, though not greater than what remains, could ask
        // for much: beyond some size the array grows with the elements that are really there.
        var items = new T[Math.Min(count, Math.Max(FirstAllocation / Unsafe.SizeOf<T>(), 1))];
        for (var i = 0; i < count; i++)
        {
            if (i == items.Length)
            {
                Array.Resize(ref items, (int)Math.Min(2L * i, count));
            }

            items[i] = read(ref this);
        }

        return items;
    }
}
