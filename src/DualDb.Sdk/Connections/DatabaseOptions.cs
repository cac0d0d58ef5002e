namespace DualDb;

/// <summary>How one database is reached.</summary>
public sealed class DatabaseOptions
{
    /// <summary>Above so many rows <c>InsertManyAsync</c> uses binary COPY instead of one <c>unnest</c> statement. 5,000 unless set.</summary>
    public int CopyThreshold { get; set; } = 5_000;
}
