using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace DualDb.Caching;

/// <summary>How a reading has ended.</summary>
/// <param name="Value">The value; null for "there is none".</param>
/// <param name="Failure">Why there is no value.</param>
/// <param name="Origin">Where the value comes from.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct LoadOutcome<TValue>(TValue? Value, Exception? Failure = null, LoadOrigin Origin = LoadOrigin.Source)
    where TValue : class
{
    /// <summary>The value, or the failure as an exception.</summary>
    public TValue? Unwrap()
    {
        if (Failure is not null)
        {
            ExceptionDispatchInfo.Throw(Failure);
        }

        return Value;
    }
}

/// <summary>Where a value comes from.</summary>
internal enum LoadOrigin
{
    /// <summary>The databases.</summary>
    Source = 0,

    /// <summary>Redis.</summary>
    Redis,

    /// <summary>An expired value, which stands in for one that could not be read.</summary>
    Stale,
}
