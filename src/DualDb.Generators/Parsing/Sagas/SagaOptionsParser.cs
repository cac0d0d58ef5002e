using System.Globalization;
using DualDb.Generators.Model;
using Microsoft.CodeAnalysis;

namespace DualDb.Generators.Parsing;

/// <summary>Reads <c>[Retry]</c>, <c>[Timeout]</c> and the times of other attributes.</summary>
/// <param name="context">The saga.</param>
internal sealed class SagaOptionsParser(ParseContext context)
{
    private const int StandardDelay = 200;
    private const int StandardMaxDelay = 300;

    /// <summary>Longer than anybody waits, and shorter than a timer can.</summary>
    private const double MaxSeconds = 365 * 24 * 60 * 60.0;

    public SagaRetrySpec? Retry(IMethodSymbol method)
    {
        if (SagaNames.Find(method, "RetryAttribute") is not { } attribute)
        {
            return null;
        }

        if (attribute.ConstructorArguments.Length != 1 || attribute.ConstructorArguments[0].Value is not int attempts)
        {
            context.MarkFaulty();
            return null;
        }

        return new SagaRetrySpec(
            NotNegative(method, attribute, "MaxAttempts", attempts),
            NotNegative(method, attribute, "DelayMilliseconds", Annotations.Named(attribute, "DelayMilliseconds") as int? ?? StandardDelay),
            NotNegative(method, attribute, "MaxDelaySeconds", Annotations.Named(attribute, "MaxDelaySeconds") as int? ?? StandardMaxDelay));
    }

    public double? Timeout(IMethodSymbol method)
    {
        if (SagaNames.Find(method, "TimeoutAttribute") is not { } attribute)
        {
            return null;
        }

        if (attribute.ConstructorArguments.Length != 1 || attribute.ConstructorArguments[0].Value is not double seconds)
        {
            context.MarkFaulty();
            return null;
        }

        return Seconds(method, attribute, "Timeout", seconds, mayBeZero: false);
    }

    /// <summary>A time of an attribute of which 0 means none.</summary>
    public double? Seconds(ISymbol symbol, AttributeData attribute, string property)
        => Annotations.Named(attribute, property) is double seconds ? Seconds(symbol, attribute, property, seconds, mayBeZero: true) : null;

    private double? Seconds(ISymbol symbol, AttributeData attribute, string option, double seconds, bool mayBeZero)
    {
        if (!(seconds >= 0 && seconds <= MaxSeconds) || (seconds <= 0 && !mayBeZero))
        {
            Refuse(symbol, attribute, option, seconds.ToString(CultureInfo.InvariantCulture), mayBeZero ? "0 to 31,536,000 seconds, a year" : "more than 0 and at most 31,536,000 seconds, a year");
            return null;
        }

        return seconds > 0 ? seconds : null;
    }

    private int NotNegative(ISymbol symbol, AttributeData attribute, string option, int number)
    {
        if (number < 0)
        {
            Refuse(symbol, attribute, option, number.ToString(CultureInfo.InvariantCulture), "0 or more");
        }

        return number;
    }

    private void Refuse(ISymbol symbol, AttributeData attribute, string option, string value, string range)
        => context.Report(ProblemKind.SagaOption, symbol, attribute, symbol.Name, option, value, range);
}
