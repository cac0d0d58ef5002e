namespace DualDb.Consistency.Sagas.Recovery;

/// <summary>What the journal holds for the time to come.</summary>
/// <param name="DueIn">How long until somebody has to look at an instance; null where nobody has to.</param>
/// <param name="Parked">How many instances are parked.</param>
/// <param name="CompensationFailed">How many have a compensation that was given up.</param>
/// <param name="Overdue">How many are beyond their deadline and not finished.</param>
internal sealed record SagaOutlook(TimeSpan? DueIn, long Parked, long CompensationFailed, long Overdue)
{
    public long Stuck => Parked + CompensationFailed + Overdue;
}
