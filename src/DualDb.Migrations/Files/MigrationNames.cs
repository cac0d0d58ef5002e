namespace DualDb.Migrations.Files;

/// <summary>What names of migrations look like.</summary>
internal static class MigrationNames
{
    /// <summary>What a name looks like, for messages.</summary>
    public const string Form = "20260101T1200_create_orders: year, month and day, T, hour and minute (and second, if you like), an underscore, and lower-case letters, digits and underscores; or, where it is run again whenever it has changed, as R__order_totals";

    private const string Repeatable = "R__";

    private const int LongestText = 100;

    /// <summary>Whether a name is one of a script that is run again whenever it has changed. It sorts behind all that begin with a time.</summary>
    public static bool IsRepeatable(string name) => name.StartsWith(Repeatable, StringComparison.Ordinal);

    /// <summary>How many digits a time has with its seconds.</summary>
    public const int LongestTime = 14;

    /// <summary>The digits of the time that a name begins with: 12, or 14 with the seconds.</summary>
    public static string TimeOf(string name) => name.Substring(0, name.IndexOf('_', StringComparison.Ordinal)).Remove(8, 1);

    /// <summary>What a name says behind its time.</summary>
    public static string TextOf(string name) => name.Substring(name.IndexOf('_', StringComparison.Ordinal) + 1);

    /// <summary>
    /// Compares names by their times, of which one without seconds is the beginning of its minute, and then by what they say. What has no time comes behind all that has: scripts that are repeatable, and seeds.
    /// </summary>
    public static int Compare(string? left, string? right)
    {
        var (leftEnd, rightEnd) = (EndOfTime(left), EndOfTime(right));
        if (leftEnd == rightEnd)
        {
            return string.CompareOrdinal(left, right);
        }

        if (leftEnd < 0 || rightEnd < 0)
        {
            return rightEnd.CompareTo(leftEnd);
        }

        var byTime = string.CompareOrdinal(Padded(left!, leftEnd), Padded(right!, rightEnd));
        var byText = byTime != 0 ? byTime : string.CompareOrdinal(left, leftEnd, right, rightEnd, int.MaxValue);
        return byText != 0 ? byText : leftEnd.CompareTo(rightEnd);
    }

    /// <summary>Whether a text is the name of a migration, without its database.</summary>
    public static bool IsName(string name)
    {
        if (IsRepeatable(name))
        {
            return name.Length - Repeatable.Length is >= 1 and <= LongestText && IsText(name, Repeatable.Length);
        }

        var time = name.IndexOf('_', StringComparison.Ordinal);
        if (time is not (13 or 15) || name[8] != 'T' || name.Length - time - 1 is < 1 or > LongestText)
        {
            return false;
        }

        for (var i = 0; i < time; i++)
        {
            if (i != 8 && name[i] is not (>= '0' and <= '9'))
            {
                return false;
            }
        }

        return IsText(name, time);
    }

    /// <returns>Where the time ends that a name begins with; -1 where it begins with none.</returns>
    private static int EndOfTime(string? name)
        => name is { Length: > 8 } && name[0] is >= '0' and <= '9' && name[8] == 'T' && name.IndexOf('_', StringComparison.Ordinal) is var end and (13 or 15) ? end : -1;

    private static string Padded(string name, int end) => name.Substring(0, end).PadRight(LongestTime + 1, '0');

    private static bool IsText(string name, int from)
    {
        for (var i = from; i < name.Length; i++)
        {
            if (name[i] is not ((>= '0' and <= '9') or (>= 'a' and <= 'z') or '_'))
            {
                return false;
            }
        }

        return true;
    }
}
