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
