namespace DualDb.Querying;

/// <summary>What a cursor says: a place in the order, and which way to go from there.</summary>
/// <param name="Direction">Which way.</param>
/// <param name="Bytes">The values of the place, as the cursor holds them.</param>
/// <param name="Values">The same, to compare with.</param>
internal readonly record struct CursorPlace(CursorDirection Direction, byte[] Bytes, IReadOnlyList<CursorValue> Values)
{
    public bool IsBackward => Direction.HasFlag(CursorDirection.Backward);

    public bool IncludesPlace => Direction.HasFlag(CursorDirection.IncludingPlace);
}

/// <summary>Which way a cursor goes.</summary>
[Flags]
internal enum CursorDirection : byte
{
    Forward = 0,
    Backward = 1,

    /// <summary>The row at the place itself as well: for the way back from a page that was empty, whose place is the last row of the page before.</summary>
    IncludingPlace = 2,
}
