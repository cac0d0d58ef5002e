using System.Collections.Generic;

namespace DualDb.Generators.Model;

/// <summary>Small operations on facts.</summary>
internal static class Facts
{
    /// <summary>The items of several lists that are not null.</summary>
    public static EquatableArray<T> Concat<T>(params IReadOnlyList<T?>[] lists)
        where T : class, System.IEquatable<T>
    {
        var items = new List<T>();
        foreach (var list in lists)
        {
            foreach (var item in list)
            {
                if (item is not null)
                {
                    items.Add(item);
                }
            }
        }

        return items.ToEquatableArray();
    }

    /// <summary>The items, each once, in the order in which they come.</summary>
    public static EquatableArray<T> Distinct<T>(IReadOnlyList<T> items)
        where T : class, System.IEquatable<T>
    {
        var seen = new HashSet<T>();
        var distinct = new List<T>();
        foreach (var item in items)
        {
            if (seen.Add(item))
            {
                distinct.Add(item);
            }
        }

        return distinct.ToEquatableArray();
    }
}
