using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace DualDb.Caching;

/// <summary>Whole numbers that a caller names as objects: <c>42</c> is an <see cref="int"/> where the key is a <see cref="long"/>.</summary>
internal static class WholeNumbers
{
    public static bool TryWiden<T>(object value, [MaybeNullWhen(false)] out T widened)
    {
        widened = default;
        if (value is not (byte or short or int or long) || typeof(T) is var target && target != typeof(long) && target != typeof(int) && target != typeof(short))
        {
            return false;
        }

        var number = Convert.ToInt64(value, CultureInfo.InvariantCulture);
        object? fitting = target == typeof(long) ? number
            : target == typeof(int) && number is >= int.MinValue and <= int.MaxValue ? (int)number
            : target == typeof(short) && number is >= short.MinValue and <= short.MaxValue ? (short)number
            : null;
        if (fitting is null)
        {
            return false;
        }

        widened = (T)fitting;
        return true;
    }
}
