namespace DualDb.Commands;

/// <summary>What the commands end with.</summary>
public static class ExitCodes
{
    /// <summary>It was done, or there was nothing to do.</summary>
    public const int Done = 0;

    /// <summary>It failed while it ran, also where a precondition of a later step did not hold; what was done until then is said.</summary>
    public const int Failed = 1;

    /// <summary>The command line cannot be understood. Nothing was asked or changed.</summary>
    public const int Usage = 2;

    /// <summary>It was refused before it had changed anything: a precondition does not hold, another migrator is at work, or nobody has confirmed it.</summary>
    public const int Refused = 3;

    /// <summary>It was done, and found what it looked for: migrations that are pending, statements that disturb, rows that differ.</summary>
    public const int Differences = 4;

    /// <summary>It was interrupted, by Ctrl+C or a signal.</summary>
    public const int Cancelled = 130;
}
