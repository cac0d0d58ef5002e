using System.Globalization;
using DualDb.Analyzers.Rules;
using DualDb.Generators.Parsing;

namespace DualDb.Analyzers.Caching;

/// <summary>Where <c>[CachedFor]</c> keeps rows, how large they count, and when they are read anew.</summary>
internal static class CachedLevels
{
    public static void Check(CachedType cached)
    {
        if (Annotations.Named(cached.Attribute, "EagerRefreshAt") is double share and not (>= 0 and < 1))
        {
            cached.Report(CachingRules.Share, share.ToString("R", CultureInfo.InvariantCulture));
        }

        if (Annotations.Named(cached.Attribute, "Size") is int size and < 1)
        {
            cached.Report(CachingRules.Size, size.ToString(CultureInfo.InvariantCulture));
        }

        if (Annotations.Named(cached.Attribute, "L1") is false && Annotations.Named(cached.Attribute, "L2") is false)
        {
            cached.Report(CachingRules.NoLevel);
        }
    }
}
