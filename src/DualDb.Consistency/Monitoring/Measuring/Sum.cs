namespace DualDb.Consistency.Monitoring.Measuring;

/// <summary>A number that several threads add to.</summary>
internal sealed class Sum
{
    private double _value;

    public double Value => Volatile.Read(ref _value);

    public void Add(double amount)
    {
        var known = Volatile.Read(ref _value);
        while (true)
        {
            var seen = Interlocked.CompareExchange(ref _value, known + amount, known);
            // By bits: a sum that is not a number would never be equal to itself.
            if (BitConverter.DoubleToInt64Bits(seen) == BitConverter.DoubleToInt64Bits(known))
            {
                return;
            }

            known = seen;
        }
    }
}
