using System.Globalization;
using DualDb.Connections;
using Microsoft.Extensions.Configuration;

namespace DualDb.Hosting;

/// <summary>
/// Reads the options of one database from the configuration. By hand: the framework's binder finds properties by reflection, which
/// trimming breaks, and passes over keys that it does not know.
/// </summary>
internal static class ConfigurationBinder
{
    private delegate bool Setter(DatabaseOptions options, string value);

    private static readonly Dictionary<string, Action<SupabaseOptions, string>> RestSetters = new(StringComparer.OrdinalIgnoreCase)
    {
        [nameof(SupabaseOptions.Url)] = static (o, v) => o.Url = v,
        [nameof(SupabaseOptions.ApiKey)] = static (o, v) => o.ApiKey = v,
        [nameof(SupabaseOptions.PublishableKey)] = static (o, v) => o.PublishableKey = v,
    };

    private static readonly Dictionary<string, (string Expected, Setter Set)> Setters = new(StringComparer.OrdinalIgnoreCase)
    {
        [nameof(DatabaseOptions.ConnectionString)] = ("text", (o, v) => SettingText.Accept(o.ConnectionString = v)),
        [nameof(DatabaseOptions.MaxPoolSize)] = ("a whole number", (o, v) => SettingText.Number(v, number => o.MaxPoolSize = number)),
        [nameof(DatabaseOptions.ConnectionIdleLifetime)] = (SettingText.Duration, (o, v) => SettingText.Time(v, time => o.ConnectionIdleLifetime = time)),
        [nameof(DatabaseOptions.ConnectTimeout)] = (SettingText.Duration, (o, v) => SettingText.Time(v, time => o.ConnectTimeout = time)),
        [nameof(DatabaseOptions.CommandTimeout)] = (SettingText.Duration, (o, v) => SettingText.Time(v, time => o.CommandTimeout = time)),
        [nameof(DatabaseOptions.AutoPrepare)] = ("WhenProven, Never or Always", (o, v) => SettingText.Choice<AutoPrepare>(v, choice => o.AutoPrepare = choice)),
        [nameof(DatabaseOptions.MaxRetries)] = ("a whole number", (o, v) => SettingText.Number(v, number => o.MaxRetries = number)),
        [nameof(DatabaseOptions.RetryDelay)] = (SettingText.Duration, (o, v) => SettingText.Time(v, time => o.RetryDelay = time)),
        [nameof(DatabaseOptions.MaxRetryDelay)] = (SettingText.Duration, (o, v) => SettingText.Time(v, time => o.MaxRetryDelay = time)),
        [nameof(DatabaseOptions.CopyThreshold)] = ("a whole number", (o, v) => SettingText.Number(v, number => o.CopyThreshold = number)),
    };

    /// <summary>Sets what the section says, and notes what it says wrongly.</summary>
    public static void Bind(Database database, DatabaseOptions options, IConfiguration configuration, List<string> faults)
    {
        var section = configuration.GetSection(OptionNames.Section).GetSection(database.ToString());
        foreach (var entry in section.GetChildren())
        {
            var key = OptionNames.Key(database, entry.Key);
            if (options is SupabaseOptions users && UserOptionsBinder.TryBind(users, entry))
            {
                continue;
            }

            if (options is SupabaseOptions supabase && RestSetters.TryGetValue(entry.Key, out var rest))
            {
                if (!string.IsNullOrWhiteSpace(entry.Value))
                {
                    rest(supabase, entry.Value.Trim());
                }
            }
            else if (!Setters.TryGetValue(entry.Key, out var setter))
            {
                faults.Add($"{key} in the configuration is no option. Known are {string.Join(", ", options is SupabaseOptions ? Setters.Keys.Concat(RestSetters.Keys) : Setters.Keys)}.");
            }
            else if (!string.IsNullOrWhiteSpace(entry.Value) && !setter.Set(options, entry.Value))
            {
                faults.Add($"{key} in the configuration is '{entry.Value}', which is not {setter.Expected}.");
            }
        }
    }
}
