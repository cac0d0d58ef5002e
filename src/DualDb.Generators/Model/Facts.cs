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
}
