using System.Globalization;
using DualDb.AspNetCore.Dashboard.Language;
using DualDb.AspNetCore.Dashboard.Markup;
using DualDb.AspNetCore.Dashboard.Requests;

namespace DualDb.AspNetCore.Dashboard.Sections;

/// <summary>What is said in the place of a part that could not be read: which database, and what to do; never a stack, never a secret.</summary>
internal static class PartFailure
{
    public static Html Show(Exception failure, DashboardPart part, TimeSpan patience, PartContext context)
        => Html.Of($"""<p class="failure" data-failure="{part.Id}">{Words(failure, part.Database, patience, context)}</p>""");

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
