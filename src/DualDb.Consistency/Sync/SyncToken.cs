using System.Globalization;

namespace DualDb.Consistency.Sync;

/// <summary>A point in a database's history: all that was committed there before it was taken. The other side can be waited for until it has all of that.</summary>
/// <param name="Source">The database.</param>
/// <param name="Snapshot">The point, as PostgreSQL's snapshot text.</param>
public sealed record SyncToken(Database Source, string Snapshot)
{
    // Ids below 3 are PostgreSQL's own: no change has one.
    private const string Nothing = "3:3:";

    /// <summary>What covers a transaction: all ids up to its own, so that nothing that was committed before it is left out. Null for one that wrote nothing.</summary>
    internal static SyncToken Covering(Database source, ulong? transaction)
        => new(source, transaction is { } id ? string.Create(CultureInfo.InvariantCulture, $"{id + 1}:{id + 1}:") : Nothing);

    /// <summary>Reads what <see cref="ToString"/> wrote, such as a request's header.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">It is no token.</exception>
    public static SyncToken Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Split('/') is [var source, var snapshot] && Enum.TryParse<Database>(source, ignoreCase: true, out var database) && Enum.IsDefined(database) && char.IsAsciiLetter(source[0]) && IsSnapshot(snapshot)
            ? new SyncToken(database, snapshot)
            : throw new FormatException("The text is no token of the synchronisation. Keep it as ToString() gives it.");
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Source.ToString().ToLowerInvariant()}/{Snapshot}";

    private static bool IsSnapshot(string text)
        => text.Split(':') is [var low, var high, var running]
            && ulong.TryParse(low, NumberStyles.None, CultureInfo.InvariantCulture, out _)
            && ulong.TryParse(high, NumberStyles.None, CultureInfo.InvariantCulture, out _)
            && (running.Length == 0 || running.Split(',').All(static id => ulong.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out _)));
}
