namespace DualDb.Consistency.Monitoring.Rollups;

/// <summary>Into which pieces windows are cut.</summary>
/// <param name="Length">How long the window is.</param>
/// <param name="Piece">How long a piece is; all begin at multiples of it.</param>
internal sealed record WindowPieces(TimeSpan Length, TimeSpan Piece)
{
    private static readonly WindowPieces[] All =
    [
        new(TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(5)),
        new(TimeSpan.FromHours(1), TimeSpan.FromMinutes(1)),
        new(TimeSpan.FromDays(1), TimeSpan.FromMinutes(15)),
        new(TimeSpan.FromDays(30), TimeSpan.FromHours(6)),
    ];

    /// <summary>The windows, from the shortest.</summary>
    public static KpiWindow[] Windows { get; } = Enum.GetValues<KpiWindow>();

    public int Seconds => (int)Piece.TotalSeconds;

    public static WindowPieces Of(KpiWindow window) => All[(int)window];

    /// <summary>When the piece began that a moment lies in.</summary>
    public DateTimeOffset BeginOf(DateTimeOffset moment) => new(moment.UtcTicks - (moment.UtcTicks % Piece.Ticks), TimeSpan.Zero);

    /// <summary>When the first piece of the window that ends at a moment began.</summary>
    public DateTimeOffset FirstOf(DateTimeOffset moment) => BeginOf(moment - Length);
}
