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

    private static readonly Dictionary<string, (string Expected, Setter Set)> Setters = new(StringComparer.OrdinalIgnoreCase)
    {
        [nameof(DatabaseOptions.ConnectionString)] = ("text", (o, v) => Accept(o.ConnectionString = v)),
        [nameof(DatabaseOptions.MaxPoolSize)] = ("a whole number", (o, v) => Number(v, number => o.MaxPoolSize = number)),
        [nameof(DatabaseOptions.ConnectionIdleLifetime)] = (Duration, (o, v) => Time(v, time => o.ConnectionIdleLifetime = time)),
        [nameof(DatabaseOptions.ConnectTimeout)] = (Duration, (o, v) => Time(v, time => o.ConnectTimeout = time)),
        [nameof(DatabaseOptions.CommandTimeout)] = (Duration, (o, v) => Time(v, time => o.CommandTimeout = time)),
        [nameof(DatabaseOptions.AutoPrepare)] = ("WhenProven, Never or Always", (o, v) => Choice<AutoPrepare>(v, choice => o.AutoPrepare = choice)),
        [nameof(DatabaseOptions.MaxRetries)] = ("a whole number", (o, v) => Number(v, number => o.MaxRetries = number)),
        [nameof(DatabaseOptions.RetryDelay)] = (Duration, (o, v) => Time(v, time => o.RetryDelay = time)),
        [nameof(DatabaseOptions.MaxRetryDelay)] = (Duration, (o, v) => Time(v, time => o.MaxRetryDelay = time)),
        [nameof(DatabaseOptions.CopyThreshold)] = ("a whole number", (o, v) => Number(v, number => o.CopyThreshold = number)),
    };

    private const string Duration = "a time such as 00:00:30, or seconds";

    /// <summary>Sets what the section says, and notes what it says wrongly.</summary>
    public static void Bind(Database database, DatabaseOptions options, IConfiguration configuration, List<string> faults)
    {
        var section = configuration.GetSection(OptionNames.Section).GetSection(database.ToString());
        foreach (var entry in section.GetChildren())
        {
            var key = OptionNames.Key(database, entry.Key);
            if (!Setters.TryGetValue(entry.Key, out var setter))
            {
                faults.Add($"{key} in the configuration is no option. Known are {string.Join(", ", Setters.Keys)}.");
            }
            else if (!string.IsNullOrWhiteSpace(entry.Value) && !setter.Set(options, entry.Value))
            {
                faults.Add($"{key} in the configuration is '{entry.Value}', which is not {setter.Expected}.");
            }
        }
    }

    private static bool Accept(string? value) => value is not null;

    private static bool Number(string text, Action<int> set)
        => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) && Done(set, number);

    /// <summary>A bare number is seconds, as in connection strings; <see cref="TimeSpan"/> alone would read it as days.</summary>
    private static bool Time(string text, Action<TimeSpan> set)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds))
        {
            return Math.Abs(seconds) < TimeSpan.MaxValue.TotalSeconds && Done(set, TimeSpan.FromSeconds(seconds));
        }

        return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time) && Done(set, time);
    }

    private static bool Choice<T>(string text, Action<T> set)
        where T : struct, Enum
        => Enum.TryParse<T>(text, ignoreCase: true, out var choice) && Enum.IsDefined(choice) && Done(set, choice);

    private static bool Done<T>(Action<T> set, T value)
    {
        set(value);
        return true;
    }
}
