using System.Globalization;

namespace DualDb.Generators.Emission;

/// <summary>A hash that is the same in every process, unlike <see cref="object.GetHashCode"/> of a string. FNV-1a, 32 bits.</summary>
internal static class StableHash
{
    public static string Of(string text)
    {
        var hash = 2166136261u;
        foreach (var c in text)
        {
            hash = unchecked((hash ^ c) * 16777619u);
        }

        return hash.ToString("x8", CultureInfo.InvariantCulture);
    }
}
