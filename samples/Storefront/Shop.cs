using System.Diagnostics;
using System.Globalization;
using Spectre.Console;
using Storefront.Models;
using Storefront.Setup;
using Storefront.Tour;

namespace Storefront;

/// <summary>The whole sample, as a table of contents.</summary>
internal static class Shop
{
    public static async Task RunAsync(IAnsiConsole console, bool usesApi, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        await using var databases = await Databases.OpenAsync(cancellationToken);
        await using var db = ShopDb.Create();
        console.WriteLine($"Storefront on {databases.Description}.");
        console.WriteLine("Everything lives in a schema of its own, storefront, which every run makes afresh, and events, sagas and changes in the SDK's, dualdb; nothing else is touched.");

        await Schema.ResetAsync(db, cancellationToken);
        var guide = new Guide(console, db, databases);
        await Migrating.RunAsync(guide, cancellationToken);

        // The tables were dropped past the repositories: what an earlier run has left in Redis is of rows that are no more.
        await db.Cache.InvalidateAsync<Product>(cancellationToken);
        await Loading.RunAsync(console, db, cancellationToken);

        if (usesApi)
        {
            await using var api = await SupabaseApi.OpenAsync(databases, cancellationToken);
            console.WriteLine("From here on Supabase is reached over its REST API.");
            await TourOverRestAsync(new Guide(console, api.Db, databases), api, cancellationToken);
        }
        else
        {
            await FirstSteps.RunAsync();
            await TourAsync(guide, cancellationToken);
        }

        console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Done in {Stopwatch.GetElapsedTime(started).TotalSeconds:N1} s."));
    }

    // Without the chapters about transactions, SQL of one's own and lines to a database, which REST does not have.
    private static async Task TourOverRestAsync(Guide guide, SupabaseApi api, CancellationToken cancellationToken)
    {
        await Reading.RunAsync(guide, cancellationToken);
        await References.RunAsync(guide, cancellationToken);
        await CatalogueSearch.RunAsync(guide, cancellationToken);
        await OrderHistory.RunAsync(guide, cancellationToken);
        await Joins.RunAsync(guide, cancellationToken);
        await Writing.RunAsync(guide, cancellationToken);
        await Conflicts.RunAsync(guide, cancellationToken);
        await RefusedValues.RunAsync(guide, cancellationToken);
        await PersonalPreferences.RunAsync(guide, api, cancellationToken);
        await BeyondRest.RunAsync(guide, cancellationToken);
    }

    private static async Task TourAsync(Guide guide, CancellationToken cancellationToken)
    {
        await Reading.RunAsync(guide, cancellationToken);
        await References.RunAsync(guide, cancellationToken);
        await CatalogueSearch.RunAsync(guide, cancellationToken);
        await Reports.RunAsync(guide, cancellationToken);
        await OrderHistory.RunAsync(guide, cancellationToken);
        await Joins.RunAsync(guide, cancellationToken);
        await Comparison.RunAsync(guide, cancellationToken);
        await Writing.RunAsync(guide, cancellationToken);
        await BulkWriting.RunAsync(guide, cancellationToken);
        await Prices.RunAsync(guide, cancellationToken);
        await SoftDeletion.RunAsync(guide, cancellationToken);
        await Transactions.RunAsync(guide, cancellationToken);
        await PackingQueue.RunAsync(guide, cancellationToken);
        await Conflicts.RunAsync(guide, cancellationToken);
        await RefusedValues.RunAsync(guide, cancellationToken);
        await OwnSql.RunAsync(guide, cancellationToken);
        await Caching.RunAsync(guide, cancellationToken);
        await Events.RunAsync(guide, cancellationToken);
        await OrderSaga.RunAsync(guide, cancellationToken);
        await Synchronising.RunAsync(guide, cancellationToken);
        await BrokenLines.RunAsync(guide, cancellationToken);
    }
}
