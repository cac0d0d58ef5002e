namespace DualDb.Mapping;

// PostgreSQL holds NaN for equal to itself and greater than all else; .NET sorts it first. Both hold the two zeros for equal.

/// <summary><c>real</c>.</summary>
internal sealed class FloatOrder : WireOrder<float>
{
    public override int Compare(float left, float right)
        => float.IsNaN(left) || float.IsNaN(right) ? float.IsNaN(left).CompareTo(float.IsNaN(right)) : left.CompareTo(right);
}

/// <summary><c>double precision</c>.</summary>
internal sealed class DoubleOrder : WireOrder<double>
{
    public override int Compare(double left, double right)
        => double.IsNaN(left) || double.IsNaN(right) ? double.IsNaN(left).CompareTo(double.IsNaN(right)) : left.CompareTo(right);
}
