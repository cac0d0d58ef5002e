using DualDb;
using Storefront.Models;
using Storefront.Setup;

namespace Storefront.Tour;

/// <summary>What a user sees and may do under row-level security.</summary>
internal static class PersonalPreferences
{
    private const string Title = "Acting as a user";
    private const string About = "A policy of the migrations keeps everybody's preferences to themselves. db.AsUser(…) is the same shop, in which every call to Supabase runs as that user.";

    public static async Task RunAsync(Guide guide, SupabaseApi api, CancellationToken cancellationToken)
    {
        await using var chapter = guide.Begin(Title, About);
        var everybody = await chapter.ShowAsync(
            Database.Supabase, () => guide.Db.Preferences.ListAsync(limit: 3, cancellationToken), preferences => new("with the secret key: everybody's", preferences.Count));
        var (mine, theirs) = (everybody[0], everybody[1]);
        var me = guide.Db.AsUser(() => api.TokenOf(mine.UserId));

        await chapter.ShowAsync(Database.Supabase, () => me.Preferences.ListAsync(limit: 3, cancellationToken), preferences => new("as a user: one's own", preferences.Count));
        await chapter.ShowAsync(
            Database.Supabase, () => me.Preferences.FindAsync(theirs.UserId, cancellationToken), found => found is null ? "somebody else's: not there" : "somebody else's: seen!");
        await chapter.ShowAsync(
            Database.Supabase, () => me.Preferences.PatchAsync(mine.UserId, set => set.Theme(Theme.Dark), cancellationToken), stored => new($"one's own, changed: {stored.Theme}", 1));
        await chapter.ShowFailureAsync<DatabaseErrorException>(
            Database.Supabase, () => me.Preferences.InsertAsync(theirs with { UserId = Guid.NewGuid() }, cancellationToken), failure => failure.Describe());
    }
}
