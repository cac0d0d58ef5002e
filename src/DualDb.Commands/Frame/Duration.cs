using System.Globalization;
using DualDb.Commands.Targets;

namespace DualDb.Commands.Frame;

/// <summary>Durations as files of migrations write them.</summary>
internal static class Duration
{
    private static readonly (string Unit, TimeSpan Length)[] Units = [("ms", TimeSpan.FromMilliseconds(1)), ("min", TimeSpan.FromMinutes(1)), ("s", TimeSpan.FromSeconds(1)), ("h", TimeSpan.FromHours(1))];

    private static readonly TimeSpan Longest = TimeSpan.FromDays(20);

    /// <summary>Reads a duration; null for none.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public static TimeSpan? Parse(string option, string? text)
    {
        if (text is null)
        {
            return null;
        }

        foreach (var (unit, length) in Units)
        {
            if (text.EndsWith(unit, StringComparison.Ordinal) && int.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                return number <= Longest / length
                    ? length * number
                    : throw new UsageException($"{option} is '{text}', which is longer than {Longest.TotalDays.ToString(CultureInfo.InvariantCulture)} days.");
            }
        }

        throw new UsageException($"{option} is '{text}', which is no duration. Write a whole number with ms, s, min or h, such as 30s.");
    }
}
