using DualDb;

namespace Storefront.Tour;

/// <summary>What REST cannot do, and what is said of it.</summary>
internal static class BeyondRest
{
    private const string Title = "What REST cannot do";
    private const string About = "No transactions, no COPY, no SQL of your own: each is refused by name, with the option that would allow it.";

    public static async Task RunAsync(Guide guide, CancellationToken cancellationToken)
    {
        await using var chapter = guide.Begin(Title, About);
        var db = guide.Db;
        await chapter.ShowFailureAsync<NotSupportedException>(
            Database.Supabase, async () => await db.BeginSupabaseAsync(cancellationToken), failure => failure.Describe());
        await chapter.ShowFailureAsync<NotSupportedException>(
            Database.Supabase, () => db.Supabase.ExecuteAsync($"select 1", cancellationToken), failure => failure.Describe());
    }
}
