namespace DualDb.Caching;

/// <summary>What an attribute says, with what the options override.</summary>
internal static class SettingsOverride
{
    public static CacheSettings Apply(CacheSettings settings, CacheEntryOptions? options)
    {
        if (options is null)
        {
            return settings;
        }

        var changed = settings with
        {
            Enabled = options.Enabled ?? settings.Enabled,
            Duration = options.Duration ?? settings.Duration,
            L1 = options.L1 ?? settings.L1,
            L2 = options.L2 ?? settings.L2,
            Jitter = options.Jitter ?? settings.Jitter,
            FailSafe = options.FailSafe ?? settings.FailSafe,
            FailSafeThrottle = options.FailSafeThrottle ?? settings.FailSafeThrottle,
            SoftTimeout = options.SoftTimeout ?? settings.SoftTimeout,
            HardTimeout = options.HardTimeout ?? settings.HardTimeout,
            EagerRefreshAt = options.EagerRefreshAt ?? settings.EagerRefreshAt,
            Size = options.Size ?? settings.Size,
            ClonesValues = options.Clone ?? settings.ClonesValues,
            NotifiesOnChange = options.NotifiesOnChange,
        };
        return options.Negative is { } negative ? changed with { Negative = negative } : changed;
    }
}
