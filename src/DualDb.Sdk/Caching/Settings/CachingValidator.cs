using System.Globalization;

namespace DualDb.Caching;

/// <summary>Finds what cannot be in the options of the cache.</summary>
internal static class CachingValidator
{
    /// <summary>Pauses beyond this are mistakes, and beyond some weeks no timer takes them.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromDays(1);

    /// <summary>One sentence per fault.</summary>
    public static IEnumerable<string> Validate(CachingOptions options)
    {
        const string Where = "Caching";
        if (options.SizeLimit < 1)
        {
            yield return Fault(Where, nameof(options.SizeLimit), options.SizeLimit, "1 or more");
        }

        if (options.MaxPayloadBytes < 1)
        {
            yield return Fault(Where, nameof(options.MaxPayloadBytes), options.MaxPayloadBytes, "1 or more");
        }

        if (options.CompressAboveBytes < 0)
        {
            yield return Fault(Where, nameof(options.CompressAboveBytes), options.CompressAboveBytes, "0 or more");
        }

        if (options.LoadLock < TimeSpan.Zero || options.LoadLock > LongestPause)
        {
            yield return Fault(Where, nameof(options.LoadLock), options.LoadLock, "zero or more, and at most one day");
        }

        if (options.ChangeRetention < TimeSpan.FromMinutes(1))
        {
            yield return Fault(Where, nameof(options.ChangeRetention), options.ChangeRetention, "one minute or more");
        }

        if (options.KeyPrefix is { } prefix && (string.IsNullOrWhiteSpace(prefix) || prefix.AsSpan().IndexOfAny('{', '}') >= 0))
        {
            yield return Fault(Where, nameof(options.KeyPrefix), $"'{prefix}'", "a text without braces");
        }

        if (options.Redis is { Length: > 0 } redis && RedisAddress.FindFault(redis) is { } fault)
        {
            yield return fault;
        }

        (string Name, TimeSpan Value)[] times =
        [
            (nameof(options.RedisTimeout), options.RedisTimeout),
            (nameof(options.RedisRetryDelay), options.RedisRetryDelay),
            (nameof(options.ChangePollInterval), options.ChangePollInterval),
        ];
        foreach (var (name, value) in times)
        {
            if (value <= TimeSpan.Zero || value > LongestPause)
            {
                yield return Fault(Where, name, value, "above zero, and at most one day");
            }
        }

        foreach (var (type, entry) in options.Entities)
        {
            foreach (var entryFault in Validate($"Caching.Entities.{type}", entry))
            {
                yield return entryFault;
            }
        }
    }

    private static IEnumerable<string> Validate(string where, CacheEntryOptions options)
    {
        (string Name, TimeSpan? Value)[] positive =
        [
            (nameof(options.Duration), options.Duration),
            (nameof(options.Negative), options.Negative),
            (nameof(options.FailSafeThrottle), options.FailSafeThrottle),
        ];
        foreach (var (name, value) in positive)
        {
            if (value <= TimeSpan.Zero)
            {
                yield return Fault(where, name, value, "above zero");
            }
        }

        (string Name, TimeSpan? Value)[] timeouts = [(nameof(options.SoftTimeout), options.SoftTimeout), (nameof(options.HardTimeout), options.HardTimeout)];
        foreach (var (name, value) in timeouts)
        {
            if (value <= TimeSpan.Zero && value != Timeout.InfiniteTimeSpan)
            {
                yield return Fault(where, name, value, "above zero, or Timeout.InfiniteTimeSpan");
            }
        }

        (string Name, TimeSpan? Value)[] others = [(nameof(options.Jitter), options.Jitter), (nameof(options.FailSafe), options.FailSafe)];
        foreach (var (name, value) in others)
        {
            if (value < TimeSpan.Zero)
            {
                yield return Fault(where, name, value, "zero or more");
            }
        }

        if (options.EagerRefreshAt is { } share && !(share >= 0 && share < 1))
        {
            yield return Fault(where, nameof(options.EagerRefreshAt), share, "0 or more and below 1");
        }

        if (options.Size < 1)
        {
            yield return Fault(where, nameof(options.Size), options.Size, "1 or more");
        }
    }

    private static string Fault(string where, string name, object? value, string expected)
        => string.Create(CultureInfo.InvariantCulture, $"{where}.{name} is {value}; it must be {expected}.");
}
