using System.Globalization;

namespace DualDb.Hosting;

/// <summary>Reads the texts of a configuration.</summary>
internal static class SettingText
{
    public const string Duration = "a time such as 00:00:30, or seconds";

    public static bool Accept(string? value) => value is not null;

    public static bool Number(string text, Action<int> set)
        => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) && Done(set, number);

    public static bool Large(string text, Action<long> set)
        => long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) && Done(set, number);

    public static bool Share(string text, Action<double> set)
        => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && Done(set, number);

    public static bool Truth(string text, Action<bool> set) => bool.TryParse(text, out var truth) && Done(set, truth);

    /// <summary>A bare number is seconds, as in connection strings; <see cref="TimeSpan"/> alone would read it as days.</summary>
    public static bool Time(string text, Action<TimeSpan> set)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds))
        {
            return Math.Abs(seconds) < TimeSpan.MaxValue.TotalSeconds && Done(set, TimeSpan.FromSeconds(seconds));
        }

        return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time) && Done(set, time);
    }

    public static bool Choice<T>(string text, Action<T> set)
        where T : struct, Enum
        => Enum.TryParse<T>(text, ignoreCase: true, out var choice) && Enum.IsDefined(choice) && Done(set, choice);

    private static bool Done<T>(Action<T> set, T value)
    {
        set(value);
        return true;
    }
}
