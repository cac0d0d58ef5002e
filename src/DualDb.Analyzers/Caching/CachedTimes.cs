using System;
using System.Globalization;
using DualDb.Analyzers.Rules;
using DualDb.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace DualDb.Analyzers.Caching;

/// <summary>The times of <c>[CachedFor]</c>.</summary>
internal static class CachedTimes
{
    private const string AboveZero = "a time above zero, such as \"00:05:00\"";
    private const string ZeroOrMore = "a time of zero or more, such as \"00:00:10\"";

    // Zero is none at all for these.
    private static readonly string[] Additions = ["Jitter", "FailSafe"];
    private static readonly string[] Times = ["Negative", "FailSafeThrottle", "SoftTimeout", "HardTimeout"];

    public static void Check(CachedType cached)
    {
        CheckDuration(cached);
        foreach (var name in Additions)
        {
            CheckNamed(cached, name, allowsZero: true);
        }

        foreach (var name in Times)
        {
            CheckNamed(cached, name, allowsZero: false);
        }

        CheckSoftTimeout(cached);
    }

    private static void CheckDuration(CachedType cached)
    {
        // An argument that is no valid C# is the compiler's to report.
        if (cached.Attribute.ConstructorArguments.Length != 1 || cached.Attribute.ConstructorArguments[0].Kind != TypedConstantKind.Primitive)
        {
            return;
        }

        var value = cached.Attribute.ConstructorArguments[0].Value;
        if (Fault(CacheParser.Duration(cached.Attribute), allowsZero: false) is { } fault)
        {
            var shown = value switch
            {
                double minutes => minutes.ToString("R", CultureInfo.InvariantCulture) + " minutes",
                string text => Quoted(text),
                _ => "null",
            };
            var isTooLong = value is double and not double.NaN && fault == "no time";
            cached.Report(CachingRules.Time, "the duration", shown, isTooLong ? "beyond ten years" : fault, AboveZero);
        }
    }

    private static void CheckNamed(CachedType cached, string name, bool allowsZero)
    {
        if (Annotations.Named(cached.Attribute, name) is string text && Fault(CacheParser.Ticks(text), allowsZero) is { } fault)
        {
            cached.Report(CachingRules.Time, name, Quoted(text), fault, allowsZero ? ZeroOrMore : AboveZero);
        }
    }

    private static string? Fault(long? ticks, bool allowsZero)
        => ticks is not { } given ? "no time" : given < 0 ? "negative" : given == 0 && !allowsZero ? "zero" : null;

    private static void CheckSoftTimeout(CachedType cached)
    {
        if (Ticks(cached, "SoftTimeout") is not { } soft)
        {
            return;
        }

        if (Ticks(cached, "FailSafe") is null)
        {
            cached.Report(CachingRules.SoftTimeout, "there is no FailSafe, so that no expired row is at hand", "Set FailSafe, or remove SoftTimeout");
        }
        else if (Ticks(cached, "HardTimeout") is { } hard && soft >= hard)
        {
            cached.Report(CachingRules.SoftTimeout, $"HardTimeout, {TimeSpan.FromTicks(hard)}, does not come after it", "Make it shorter than HardTimeout");
        }
    }

    // A time that is wrong, and reported as such, counts as none.
    private static long? Ticks(CachedType cached, string name)
        => Annotations.Named(cached.Attribute, name) is string text && CacheParser.Ticks(text) is > 0 and var ticks ? ticks : null;

    private static string Quoted(string text) => "\"" + text + "\"";
}
