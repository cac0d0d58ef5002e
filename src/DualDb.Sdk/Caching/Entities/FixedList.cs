using System.Collections.ObjectModel;

namespace DualDb.Caching;

/// <summary>Lists that all callers share: none of them may change one.</summary>
internal static class FixedList
{
    public static IReadOnlyList<T> Of<T>(IReadOnlyList<T> items) => new ReadOnlyCollection<T>([.. items]);
}
