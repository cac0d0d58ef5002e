using System.Globalization;
using DualDb.AspNetCore.Dashboard.Language;
using DualDb.AspNetCore.Dashboard.Markup;
using DualDb.AspNetCore.Dashboard.Requests;
using DualDb.Consistency.Schema;

namespace DualDb.AspNetCore.Dashboard.Sections;

/// <summary>What is said in the place of a part that could not be read: which database, and what to do; never a stack, never a secret.</summary>
internal static class PartFailure
{
    public static Html Show(Exception failure, DashboardPart part, TimeSpan patience, PartContext context)
        => Html.Of($"""<p class="failure" data-failure="{part.Id}">{Words(failure, part.Database, patience, context)}</p>""");

    /// <summary>Which databases could not be read, above what the others hold.</summary>
    public static Html Missing(IReadOnlyList<UnreadDatabase> missing, PartContext context)
        => Html.Of($"{missing.Select(one => Missing(one, context))}");

    // One that is away, or does not answer, needs no more words; of all else, the next step is in the message.
    private static Html Missing(UnreadDatabase missing, PartContext context)
        => Html.Of($"""
            <p class="failure" data-missing="{missing.Database.ToString().ToLowerInvariant()}">{context.Say(FrameTexts.PartMissing, missing.Database)}
            {Html.When(missing.Failure is DualDbException and not DatabaseUnavailableException, $"{context.Said(missing.Failure.Message)}")}</p>
            """);

    /// <summary>The words for a failure. The library's own are in English, and name the next step.</summary>
    public static Html Words(Exception failure, Database? database, TimeSpan patience, PartContext context) => failure switch
    {
        OperationCanceledException or TimeoutException => Html.Of($"{Slow(database, patience, context)}"),
        DatabaseUnavailableException { Database: { } away } => Html.Of($"{context.Say(FrameTexts.PartAway, away)}"),
        DualDbException known => context.Said(known.Message),
        _ => Html.Of($"{context.Say(FrameTexts.PartFailed)}"),
    };

    private static string Slow(Database? database, TimeSpan patience, PartContext context)
    {
        var seconds = patience.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture);
        return database is { } known ? context.Say(FrameTexts.PartSlowDatabase, known, seconds) : context.Say(FrameTexts.PartSlow, seconds);
    }
}
