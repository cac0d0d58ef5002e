using System.Collections.Generic;

namespace DualDb.Generators.Model;

/// <summary>Small operations on facts.</summary>
internal static class Facts
{
    /// <summary>The items of two lists that are not null.</summary>
    public static EquatableArray<T> Concat<T>(IReadOnlyList<T?> first, IReadOnlyList<T?> second)
        where T : class, System.IEquatable<T>
    {
        var items = new List<T>();
        foreach (var list in new[] { first, second })
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
}
