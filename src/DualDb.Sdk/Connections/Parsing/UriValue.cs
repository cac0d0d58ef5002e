using System.Globalization;

namespace DualDb.Connections.Parsing;

/// <summary>Values of URI options. Messages name the option, not the value: a misplaced secret could be in it.</summary>
internal static class UriValue
{
    public static int Number(string name, string value)
        => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new ConnectionStringException($"The option {name} is not a whole number from 0 up.");

    public static int Positive(string name, string value)
        => Number(name, value) is > 0 and var number ? number : throw new ConnectionStringException($"The option {name} is not a whole number from 1 up.");

    public static bool Flag(string name, string value)
        => value.ToLowerInvariant() switch
        {
            "1" or "true" or "on" or "yes" => true,
            "0" or "false" or "off" or "no" => false,
            _ => throw new ConnectionStringException($"The option {name} is neither true nor false."),
        };

    /// <summary>A value of an enum of Npgsql's, written as libpq writes it: <c>verify-full</c>.</summary>
    public static T Choice<T>(string name, string value)
        where T : struct, Enum
    {
        var member = value.Replace("-", "", StringComparison.Ordinal);
        foreach (var choice in Enum.GetValues<T>())
        {
            if (choice.ToString().Equals(member, StringComparison.OrdinalIgnoreCase))
            {
                return choice;
            }
        }

        var choices = string.Join(", ", Enum.GetValues<T>().Select(choice => Hyphenate(choice.ToString())));
        throw new ConnectionStringException($"The option {name} is none of {choices}.");
    }

    private static string Hyphenate(string member)
        => string.Concat(member.Select((c, i) => i > 0 && char.IsAsciiLetterUpper(c) ? $"-{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));
}
