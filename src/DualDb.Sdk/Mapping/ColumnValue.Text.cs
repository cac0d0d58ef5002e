using System.Globalization;

namespace DualDb.Mapping;

// Text, characters and the names of enum members.
public static partial class ColumnValue
{
    /// <summary>A text that PostgreSQL can hold.</summary>
    /// <param name="value">The text.</param>
    /// <param name="column">The column.</param>
    /// <exception cref="ColumnValueException">It is null, contains U+0000 or half of a surrogate pair.</exception>
    public static string Text(string? value, string column)
    {
        if (value is null)
        {
            throw IsNull(column);
        }

        CountCodePoints(value, column);
        return value;
    }

    /// <summary>A text for <c>varchar(n)</c> or <c>char(n)</c>.</summary>
    /// <param name="value">The text.</param>
    /// <param name="column">The column.</param>
    /// <param name="maxLength">The most characters, counted as PostgreSQL counts them: code points.</param>
    /// <exception cref="ColumnValueException">It is null or too long, contains U+0000 or half of a surrogate pair.</exception>
    public static string Text(string? value, string column, int maxLength)
    {
        if (value is null)
        {
            throw IsNull(column);
        }

        var length = CountCodePoints(value, column);
        return length <= maxLength
            ? value
            : throw new ColumnValueException(
                column,
                string.Create(CultureInfo.InvariantCulture, $"holds at most {maxLength} characters, but the text has {length}"),
                "Shorten the text, or widen the column.");
    }

    /// <summary>A character as a text.</summary>
    /// <param name="value">The character.</param>
    /// <param name="column">The column.</param>
    /// <exception cref="ColumnValueException">It is U+0000 (a <see cref="char"/> that was never set) or half of a surrogate pair.</exception>
    public static string Character(char value, string column) => Text(value.ToString(), column);

    /// <summary>The character that a text consists of.</summary>
    /// <param name="text">The text.</param>
    /// <param name="column">The column.</param>
    /// <exception cref="ColumnValueException">It has more or less than one.</exception>
    public static char ReadCharacter(string text, string column)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text is [var single]
            ? single
            : throw new ColumnValueException(
                column,
                string.Create(CultureInfo.InvariantCulture, $"holds a text of {text.Length} UTF-16 units, but the member is a single char"),
                "Correct the row, or make the member a string.");
    }

    /// <summary>The refusal of an enum value that has no name.</summary>
    /// <param name="value">The value, as a number.</param>
    /// <param name="column">The column.</param>
    /// <param name="type">The enum.</param>
    /// <param name="names">The names there are.</param>
    public static ColumnValueException Unnamed(string value, string column, string type, string names)
        => new(column, $"stores {type} by name, but {value} has none", $"Use one of: {names}.");

    /// <summary>The refusal of a text that is no name of an enum.</summary>
    /// <param name="text">The text.</param>
    /// <param name="column">The column.</param>
    /// <param name="type">The enum.</param>
    /// <param name="names">The names there are.</param>
    public static ColumnValueException UnknownName(string text, string column, string type, string names)
        => new(column, $"holds '{text}', which is no name of {type}", $"Correct the row, or add the name to the enum. Known names: {names}.");

    // One pass finds both faults and the length.
    private static int CountCodePoints(string value, string column)
    {
        var count = value.Length;
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            if (c == '\0')
            {
                throw new ColumnValueException(
                    column,
                    string.Create(CultureInfo.InvariantCulture, $"cannot hold the character U+0000, found at index {i}"),
                    "Remove it; PostgreSQL stores no NUL in text. Use byte[] for binary data.");
            }

            if (char.IsSurrogate(c))
            {
                if (!char.IsHighSurrogate(c) || i + 1 == value.Length || !char.IsLowSurrogate(value[i + 1]))
                {
                    throw new ColumnValueException(
                        column,
                        string.Create(CultureInfo.InvariantCulture, $"cannot hold half of a surrogate pair, found at index {i}"),
                        "Cut text between characters, not within one.");
                }

                i++;
                count--;
            }
        }

        return count;
    }
}
