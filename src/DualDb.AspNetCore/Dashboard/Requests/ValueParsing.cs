using System.Globalization;

namespace DualDb.AspNetCore.Dashboard.Requests;

/// <summary>Reads values of addresses and forms, by one rule.</summary>
internal static class ValueParsing
{
    public static string? Text(string name, string? value, int maxLength)
        => string.IsNullOrWhiteSpace(value) ? null
            : value.Length > maxLength ? throw new BadRequestValueException(name, $"of {maxLength.ToString(CultureInfo.InvariantCulture)} characters at most")
            : value.Contains('\0', StringComparison.Ordinal) ? throw new BadRequestValueException(name, "without the character U+0000, which PostgreSQL cannot store")
            : value;

    public static long? Number(string name, string? value, long min, long max)
        => string.IsNullOrWhiteSpace(value) ? null
            : long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max ? number
            : throw new BadRequestValueException(name, string.Create(CultureInfo.InvariantCulture, $"a number from {min} to {max}"));

    public static Guid? Id(string name, string? value)
        => string.IsNullOrWhiteSpace(value) ? null
            : Guid.TryParse(value, CultureInfo.InvariantCulture, out var id) ? id
            : throw new BadRequestValueException(name, "a UUID");

    public static DateTimeOffset? Time(string name, string? value)
        => string.IsNullOrWhiteSpace(value) ? null
            : DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time
            : throw new BadRequestValueException(name, "a time in UTC, such as 2026-01-31T12:00");

    /// <summary>One of the words of an enum, in lower case; numbers are refused.</summary>
    public static T? Choice<T>(string name, string? value)
        where T : struct, Enum
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            return null;
        }

        foreach (var choice in Enum.GetValues<T>())
        {
            if (string.Equals(choice.ToString(), value, StringComparison.OrdinalIgnoreCase))
            {
                return choice;
            }
        }

        throw new BadRequestValueException(name, "one of " + string.Join(", ", Enum.GetNames<T>().Select(static one => one.ToLowerInvariant())));
    }
}
