using System.Text;
using System.Text.RegularExpressions;
using DualDb.Errors;

namespace DualDb.Consistency.Events.Dispatching;

/// <summary>What follows a failed attempt.</summary>
internal static partial class Retry
{
    private const int LongestError = 4000;
    private const int LongestFailure = 200;

    /// <summary>The pause before the next attempt: twice as long each time, with jitter, so that what failed together does not return together.</summary>
    public static TimeSpan PauseAfter(int attempts, HandlerOptions options)
    {
        var doubled = options.RetryDelay.TotalMilliseconds * Math.Pow(2, Math.Min(attempts - 1, 30));
        var bounded = Math.Min(doubled, options.MaxRetryDelay.TotalMilliseconds);

        // No secret is made of it.
#pragma warning disable CA5394
        return TimeSpan.FromMilliseconds(bounded * (0.75 + (Random.Shared.NextDouble() / 2)));
#pragma warning restore CA5394
    }

    public static bool IsDead(Outcome outcome, int attempts, HandlerOptions options) => outcome.IsPermanent || attempts >= options.MaxAttempts;

    /// <summary>What operators read.</summary>
    public static string Describe(Exception failure)
        => Bound(
            failure.InnerException is { } inner
                ? $"{failure.GetType().FullName}: {Message(failure)} ({inner.GetType().FullName}: {Message(inner)})"
                : $"{failure.GetType().FullName}: {Message(failure)}",
            LongestError);

    /// <summary>What failures of one cause have in common: the type, and the message without its numbers and ids.</summary>
    public static string Group(Exception failure) => Bound($"{failure.GetType().Name}: {Values().Replace(FirstLine(Message(failure)), "#")}", LongestFailure);

    // A type of the user's may fail even at this, and what it failed with is still to be written.
    private static string? Message(Exception failure)
    {
        try
        {
            return ServerWords.Of(failure);
        }
        catch (Exception exception)
        {
            return $"(its message could not be read: {exception.GetType().Name})";
        }
    }

    // Bounded before it is searched, and whatever a type of the user's says of itself: null, or megabytes.
    private static string FirstLine(string? text)
    {
        var line = text?.Split('\n', 2)[0] ?? "";
        return Cut(line, LongestError);
    }

    // U+0000 and halves of surrogate pairs cannot be stored.
    private static string Bound(string text, int length) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(Cut(text, length))).Replace('\0', ' ');

    private static string Cut(string text, int length)
        => text.Length <= length ? text : text[..(char.IsSurrogatePair(text, length - 1) ? length - 1 : length)];

    [GeneratedRegex(@"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[0-9]+", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Values();
}
