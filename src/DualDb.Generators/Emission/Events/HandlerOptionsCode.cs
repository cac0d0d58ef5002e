using System.Collections.Generic;
using DualDb.Generators.Model;

namespace DualDb.Generators.Emission;

/// <summary>The expression of how a handler is run: its name, and what differs from the defaults.</summary>
internal static class HandlerOptionsCode
{
    public static string Of(HandlerOptionsSpec options)
    {
        var set = new List<string>();
        Add(set, "Target", options.Target is { } target ? "global::DualDb.Database." + target : null);
        Add(set, "MaxAttempts", Number(options.MaxAttempts));
        Add(set, "RetryDelay", Duration("FromMilliseconds", options.RetryDelayMilliseconds));
        Add(set, "MaxRetryDelay", Duration("FromSeconds", options.MaxRetryDelaySeconds));
        Add(set, "Timeout", Duration("FromSeconds", options.TimeoutSeconds));
        Add(set, "MaxConcurrency", Number(options.MaxConcurrency));
        Add(set, "BatchSize", Number(options.BatchSize));
        var creation = $"new({Identifier.Literal(options.Name)})";
        return set.Count == 0 ? creation : $"{creation} {{ {string.Join(", ", set)} }}";
    }

    private static void Add(List<string> set, string property, string? value)
    {
        if (value is not null)
        {
            set.Add($"{property} = {value}");
        }
    }

    private static string? Number(int? number) => number is { } value ? Identifier.Number(value) : null;

    private static string? Duration(string factory, int? number) => number is { } value ? $"global::System.TimeSpan.{factory}({Identifier.Number(value)})" : null;
}
