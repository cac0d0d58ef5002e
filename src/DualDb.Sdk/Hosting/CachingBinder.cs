using DualDb.Connections;
using Microsoft.Extensions.Configuration;

namespace DualDb.Hosting;

/// <summary>Reads the section <c>DualDb:Caching</c>, setting by setting, as <see cref="ConfigurationBinder"/> does for the databases.</summary>
internal static class CachingBinder
{
    private const string SectionName = "Caching";
    private const string EntitiesName = "Entities";

    private delegate bool Setter<in TOptions>(TOptions options, string value);

    private static readonly Dictionary<string, (string Expected, Setter<CachingOptions> Set)> Setters = new(StringComparer.OrdinalIgnoreCase)
    {
        [nameof(CachingOptions.Enabled)] = (Truth, (o, v) => SettingText.Truth(v, truth => o.Enabled = truth)),
        [nameof(CachingOptions.Redis)] = ("text", (o, v) => SettingText.Accept(o.Redis = v)),
        [nameof(CachingOptions.KeyPrefix)] = ("text", (o, v) => SettingText.Accept(o.KeyPrefix = v)),
        [nameof(CachingOptions.SizeLimit)] = (Number, (o, v) => SettingText.Large(v, number => o.SizeLimit = number)),
        [nameof(CachingOptions.MaxPayloadBytes)] = (Number, (o, v) => SettingText.Number(v, number => o.MaxPayloadBytes = number)),
        [nameof(CachingOptions.CompressAboveBytes)] = (Number, (o, v) => SettingText.Number(v, number => o.CompressAboveBytes = number)),
        [nameof(CachingOptions.RedisTimeout)] = (SettingText.Duration, (o, v) => SettingText.Time(v, time => o.RedisTimeout = time)),
        [nameof(CachingOptions.RedisRetryDelay)] = (SettingText.Duration, (o, v) => SettingText.Time(v, time => o.RedisRetryDelay = time)),
        [nameof(CachingOptions.LoadLock)] = (SettingText.Duration, (o, v) => SettingText.Time(v, time => o.LoadLock = time)),
        [nameof(CachingOptions.ChangePollInterval)] = (SettingText.Duration, (o, v) => SettingText.Time(v, time => o.ChangePollInterval = time)),
        [nameof(CachingOptions.ChangeRetention)] = (SettingText.Duration, (o, v) => SettingText.Time(v, time => o.ChangeRetention = time)),
    };

    private static readonly Dictionary<string, (string Expected, Setter<CacheEntryOptions> Set)> EntrySetters = new(StringComparer.OrdinalIgnoreCase)
    {
        [nameof(CacheEntryOptions.Enabled)] = (Truth, (o, v) => SettingText.Truth(v, truth => o.Enabled = truth)),
        [nameof(CacheEntryOptions.Duration)] = (SettingText.Duration, (o, v) => SettingText.Time(v, time => o.Duration = time)),
        [nameof(CacheEntryOptions.L1)] = (Truth, (o, v) => SettingText.Truth(v, truth => o.L1 = truth)),
        [nameof(CacheEntryOptions.L2)] = (Truth, (o, v) => SettingText.Truth(v, truth => o.L2 = truth)),
        [nameof(CacheEntryOptions.Jitter)] = (SettingText.Duration, (o, v) => SettingText.Time(v, time => o.Jitter = time)),
        [nameof(CacheEntryOptions.Negative)] = (SettingText.Duration, (o, v) => SettingText.Time(v, time => o.Negative = time)),
        [nameof(CacheEntryOptions.FailSafe)] = (SettingText.Duration, (o, v) => SettingText.Time(v, time => o.FailSafe = time)),
        [nameof(CacheEntryOptions.FailSafeThrottle)] = (SettingText.Duration, (o, v) => SettingText.Time(v, time => o.FailSafeThrottle = time)),
        [nameof(CacheEntryOptions.SoftTimeout)] = (SettingText.Duration, (o, v) => SettingText.Time(v, time => o.SoftTimeout = time)),
        [nameof(CacheEntryOptions.HardTimeout)] = (SettingText.Duration, (o, v) => SettingText.Time(v, time => o.HardTimeout = time)),
        [nameof(CacheEntryOptions.EagerRefreshAt)] = ("a share such as 0.8", (o, v) => SettingText.Share(v, share => o.EagerRefreshAt = share)),
        [nameof(CacheEntryOptions.Size)] = (Number, (o, v) => SettingText.Number(v, number => o.Size = number)),
        [nameof(CacheEntryOptions.Clone)] = (Truth, (o, v) => SettingText.Truth(v, truth => o.Clone = truth)),
        [nameof(CacheEntryOptions.NotifyOnChange)] = (Truth, (o, v) => SettingText.Truth(v, truth => o.NotifiesOnChange = truth)),
    };

    private const string Truth = "true or false";
    private const string Number = "a whole number";

    /// <summary>Sets what the section says, and notes what it says wrongly.</summary>
    public static void Bind(CachingOptions options, IConfiguration configuration, List<string> faults)
    {
        var section = configuration.GetSection(OptionNames.Section).GetSection(SectionName);
        foreach (var entry in section.GetChildren())
        {
            if (string.Equals(entry.Key, EntitiesName, StringComparison.OrdinalIgnoreCase))
            {
                BindEntities(options, entry, faults);
            }
            else
            {
                Bind(options, Setters, entry, faults);
            }
        }
    }

    private static void BindEntities(CachingOptions options, IConfigurationSection entities, List<string> faults)
    {
        foreach (var entity in entities.GetChildren())
        {
            var entry = options.Named(entity.Key);
            foreach (var setting in entity.GetChildren())
            {
                Bind(entry, EntrySetters, setting, faults);
            }
        }
    }

    private static void Bind<TOptions>(
        TOptions options, Dictionary<string, (string Expected, Setter<TOptions> Set)> setters, IConfigurationSection entry, List<string> faults)
    {
        if (!setters.TryGetValue(entry.Key, out var setter))
        {
            faults.Add($"{entry.Path} in the configuration is no option. Known are {string.Join(", ", setters.Keys)}.");
        }
        else if (!string.IsNullOrWhiteSpace(entry.Value) && !setter.Set(options, entry.Value))
        {
            faults.Add($"{entry.Path} in the configuration is '{(string.Equals(entry.Key, nameof(CachingOptions.Redis), StringComparison.OrdinalIgnoreCase) ? "…" : entry.Value)}', which is not {setter.Expected}.");
        }
    }
}
