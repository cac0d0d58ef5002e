namespace DualDb.Consistency.Sync.Running;

/// <summary>How many of the last minute's changes were slow, in pieces of ten seconds.</summary>
/// <param name="clock">This node's clock.</param>
internal sealed class FlowLag(TimeProvider clock)
{
    private const int Pieces = 6;

    private readonly Lock _lock = new();
    private readonly (long Piece, long All, long Slow)[] _pieces = new (long, long, long)[Pieces];

    public void Add(int all, int slow)
    {
        var piece = PieceOf(clock.GetTimestamp());
        lock (_lock)
        {
            ref var current = ref _pieces[piece % Pieces];
            current = current.Piece == piece ? (piece, current.All + all, current.Slow + slow) : (piece, all, slow);
        }
    }

    /// <summary>Whether more than one in a hundred was slow: that the 99th percentile is.</summary>
    public bool IsHigh(long now)
    {
        var (oldest, all, slow) = (PieceOf(now) - Pieces, 0L, 0L);
        lock (_lock)
        {
            foreach (var piece in _pieces)
            {
                (all, slow) = piece.Piece > oldest ? (all + piece.All, slow + piece.Slow) : (all, slow);
            }
        }

        return slow * 100 > all;
    }

    // From 1: an empty piece is older than all.
    private long PieceOf(long timestamp) => (timestamp / (clock.TimestampFrequency * 10)) + Pieces + 1;
}
