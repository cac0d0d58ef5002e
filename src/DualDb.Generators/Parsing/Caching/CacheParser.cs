using System;
using System.Collections.Generic;
using System.Globalization;
using DualDb.Generators.Model;
using Microsoft.CodeAnalysis;

namespace DualDb.Generators.Parsing;

/// <summary>Reads <c>[CachedFor]</c>. What it says wrongly is left out here, and reported by the analyzer.</summary>
internal static class CacheParser
{
    public const string AttributeName = "CachedForAttribute";

    /// <summary>How a type is cached; null where it is not, or for a time that cannot be.</summary>
    public static CacheSpec? Parse(INamedTypeSymbol type)
        => Annotations.Find(type, AttributeName) is { } attribute && Duration(attribute) is > 0 and var duration
            ? new CacheSpec
            {
                Duration = duration,
                UsesMemory = Annotations.Named(attribute, "L1") as bool? ?? true,
                UsesRedis = Annotations.Named(attribute, "L2") as bool? ?? true,
                Jitter = Time(attribute, "Jitter"),
                Negative = Time(attribute, "Negative"),
                FailSafe = Time(attribute, "FailSafe"),
                FailSafeThrottle = Time(attribute, "FailSafeThrottle"),
                SoftTimeout = Time(attribute, "SoftTimeout"),
                HardTimeout = Time(attribute, "HardTimeout"),
                EagerRefreshAt = Annotations.Named(attribute, "EagerRefreshAt") as double? is > 0 and < 1 and var share ? share : 0,
                Size = Annotations.Named(attribute, "Size") as int? is > 0 and var size ? size : 1,
                Clones = Annotations.Named(attribute, "Clone") as bool? ?? false,
                IsShared = Annotations.Named(attribute, "Shared") as bool? ?? false,
                Tags = Tags(attribute),
            }
            : null;

    /// <summary>The duration in ticks; null where it is no time.</summary>
    public static long? Duration(AttributeData attribute)
    {
        const double MostMinutes = 10.0 * 365 * 24 * 60;
        return attribute.ConstructorArguments.Length == 0 ? null
            : attribute.ConstructorArguments[0] switch
            {
                { Kind: TypedConstantKind.Primitive, Value: double minutes } => minutes is >= -MostMinutes and <= MostMinutes ? (long)(minutes * TimeSpan.TicksPerMinute) : null,
                { Kind: TypedConstantKind.Primitive, Value: string text } => Ticks(text),
                _ => null,
            };
    }

    /// <summary>The ticks of a text such as <c>00:05:00</c>; null where it is no time.</summary>
    public static long? Ticks(string text)
        => text.IndexOf(':') >= 0 && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time) ? time.Ticks : null;

    private static long? Time(AttributeData attribute, string name)
        => Annotations.Named(attribute, name) is string text && Ticks(text) is > 0 and var ticks ? ticks : null;

    private static EquatableArray<string> Tags(AttributeData attribute)
    {
        var tags = new List<string>();
        foreach (var argument in attribute.NamedArguments)
        {
            if (argument.Key == "Tags" && argument.Value is { Kind: TypedConstantKind.Array, IsNull: false })
            {
                foreach (var value in argument.Value.Values)
                {
                    if (value.Value is string { Length: > 0 } tag && !tags.Contains(tag))
                    {
                        tags.Add(tag);
                    }
                }
            }
        }

        return tags.ToEquatableArray();
    }
}
