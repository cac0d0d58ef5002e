using System.Collections;
using System.Net;
using System.Reflection;
using System.Text.Json;

namespace DualDb.Generators.Tests.Events;

/// <summary>Compares two values by all that they hold.</summary>
internal static class Same
{
    /// <summary>Where the two differ; null where they do not.</summary>
    public static string? Difference(object? left, object? right, string path = "$")
    {
        if (left is null || right is null)
        {
            return left is null && right is null ? null : $"{path}: {left ?? "null"} and {right ?? "null"}";
        }

        return (left, right) switch
        {
            (DateTimeOffset one, DateTimeOffset other) => one.EqualsExact(other) ? null : $"{path}: {one:O} and {other:O}",
            (DateTime one, DateTime other) => one == other && one.Kind == other.Kind ? null : $"{path}: {one:O} and {other:O}",
            (double one, double other) => BitConverter.DoubleToInt64Bits(one) == BitConverter.DoubleToInt64Bits(other) || (double.IsNaN(one) && double.IsNaN(other)) ? null : $"{path}: {one:R} and {other:R}",
            (float one, float other) => BitConverter.SingleToInt32Bits(one) == BitConverter.SingleToInt32Bits(other) || (float.IsNaN(one) && float.IsNaN(other)) ? null : $"{path}: {one:R} and {other:R}",
            (decimal one, decimal other) => decimal.GetBits(one).AsSpan().SequenceEqual(decimal.GetBits(other)) ? null : $"{path}: {one} and {other}",
            (JsonElement one, JsonElement other) => JsonElement.DeepEquals(one, other) ? null : $"{path}: {one} and {other}",
            (JsonDocument one, JsonDocument other) => Difference(one.RootElement, other.RootElement, path),
            (Uri one, Uri other) => one.OriginalString == other.OriginalString ? null : $"{path}: {one} and {other}",
            (string or IPAddress or IPNetwork, _) => Equals(left, right) ? null : $"{path}: {left} and {right}",
            (IDictionary one, IDictionary other) => Entries(one, other, path),
            (IEnumerable one, IEnumerable other) => Items(one, other, path),
            _ when left.GetType() is { IsPrimitive: true } or { IsEnum: true } || left.GetType().Namespace!.StartsWith("System", StringComparison.Ordinal)
                => Equals(left, right) ? null : $"{path}: {left} and {right}",
            _ => Members(left, right, path),
        };
    }

    private static string? Members(object left, object right, string path)
        => left.GetType() != right.GetType()
            ? $"{path}: {left.GetType()} and {right.GetType()}"
            : left.GetType().GetProperties(BindingFlags.Instance | BindingFlags.Public)
                .Where(static property => property.PropertyType != typeof(object) && property.PropertyType != typeof(Type))
                .Select(property => Difference(property.GetValue(left), property.GetValue(right), path + "." + property.Name))
                .FirstOrDefault(static difference => difference is not null);

    private static string? Items(IEnumerable left, IEnumerable right, string path)
    {
        var (one, other) = (left.Cast<object?>().ToList(), right.Cast<object?>().ToList());
        return one.Count != other.Count
            ? $"{path}: {one.Count} and {other.Count} elements"
            : one.Select((item, i) => Difference(item, other[i], $"{path}[{i}]")).FirstOrDefault(static difference => difference is not null);
    }

    private static string? Entries(IDictionary left, IDictionary right, string path)
        => left.Count != right.Count
            ? $"{path}: {left.Count} and {right.Count} entries"
            : left.Keys.Cast<string>().Select(key => Difference(left[key], right[key], $"{path}['{key}']")).FirstOrDefault(static difference => difference is not null);
}
