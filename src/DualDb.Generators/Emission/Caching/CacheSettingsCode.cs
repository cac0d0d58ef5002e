using System;
using System.Collections.Generic;
using System.Globalization;
using DualDb.Generators.Model;

namespace DualDb.Generators.Emission;

/// <summary>Writes what an attribute says of caching, as an expression that reads like it.</summary>
internal static class CacheSettingsCode
{
    private static readonly (string Method, long Ticks)[] Units =
    [
        ("FromDays", TimeSpan.TicksPerDay),
        ("FromHours", TimeSpan.TicksPerHour),
        ("FromMinutes", TimeSpan.TicksPerMinute),
        ("FromSeconds", TimeSpan.TicksPerSecond),
        ("FromMilliseconds", TimeSpan.TicksPerMillisecond),
    ];

    public static string Of(CacheSpec cache)
    {
        var members = new List<string>();
        AddIf(!cache.UsesMemory, "L1 = false");
        AddIf(!cache.UsesRedis, "L2 = false");
        AddTime("Jitter", cache.Jitter);
        AddTime("Negative", cache.Negative);
        AddTime("FailSafe", cache.FailSafe);
        AddTime("FailSafeThrottle", cache.FailSafeThrottle);
        AddTime("SoftTimeout", cache.SoftTimeout);
        AddTime("HardTimeout", cache.HardTimeout);
        AddIf(cache.EagerRefreshAt > 0, "EagerRefreshAt = " + cache.EagerRefreshAt.ToString("R", CultureInfo.InvariantCulture) + "d");
        AddIf(cache.Size != 1, "Size = " + Identifier.Number(cache.Size));
        AddIf(cache.Clones, "ClonesValues = true");
        AddIf(cache.IsShared, "IsShared = true");
        AddIf(cache.Tags.Count > 0, $"Tags = [{Tags(cache)}]");
        var settings = $"new global::DualDb.Caching.CacheSettings({Time(cache.Duration)})";
        return members.Count == 0 ? settings : $"{settings} {{ {string.Join(", ", members)} }}";

        void AddIf(bool condition, string member)
        {
            if (condition)
            {
                members.Add(member);
            }
        }

        void AddTime(string name, long? ticks)
        {
            if (ticks is { } given)
            {
                members.Add($"{name} = {Time(given)}");
            }
        }
    }

    private static string Tags(CacheSpec cache)
    {
        var tags = new List<string>();
        foreach (var tag in cache.Tags)
        {
            tags.Add(Identifier.Literal(tag));
        }

        return string.Join(", ", tags);
    }

    // In the largest unit that leaves no fraction, so that it reads like what was written.
    private static string Time(long ticks)
    {
        foreach (var (method, unit) in Units)
        {
            if (ticks % unit == 0)
            {
                return $"global::System.TimeSpan.{method}({(ticks / unit).ToString(CultureInfo.InvariantCulture)})";
            }
        }

        return $"global::System.TimeSpan.FromTicks({ticks.ToString(CultureInfo.InvariantCulture)})";
    }
}
