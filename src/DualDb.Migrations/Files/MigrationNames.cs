namespace DualDb.Migrations.Files;

/// <summary>What names of migrations look like.</summary>
internal static class MigrationNames
{
    /// <summary>What a name looks like, for messages.</summary>
    public const string Form = "20260101T1200_create_orders: year, month and day, T, hour and minute (and second, if you like), an underscore, and lower-case letters, digits and underscores";

    private const int LongestText = 100;

    /// <summary>Whether a text is the name of a migration, without its database.</summary>
    public static bool IsName(string name)
    {
        var time = name.IndexOf('_', StringComparison.Ordinal);
        if (time is not (13 or 15) || name[8] != 'T' || name.Length - time - 1 is < 1 or > LongestText)
        {
            return false;
        }

        for (var i = 0; i < name.Length; i++)
        {
            var isDigit = name[i] is >= '0' and <= '9';
            if (i < time ? i != 8 && !isDigit : !isDigit && name[i] is not ((>= 'a' and <= 'z') or '_'))
            {
                return false;
            }
        }

        return true;
    }
}
