using DualDb;
using DualDb.Testing;
using Storefront.Handlers;
using Storefront.Setup;

namespace Storefront.Serving;

/// <summary>The switch: what a reader can spoil, to see what is told of it.</summary>
internal sealed class Injuries(ProxiedShop shop, MailService mails)
{
    /// <summary>The database that is away; null for none.</summary>
    public Database? Cut { get; private set; }

    public bool IsSlow { get; private set; }

    public bool AreMailsAway => mails.IsAway;

    /// <summary>Cuts every connection to one database, and lets no new one through. The other one comes back, if it was away.</summary>
    public async Task CutAsync(Database database)
    {
        await HealAsync();
        Cut = database;
        LineOf(database).RefuseConnections = true;
        await LineOf(database).CutAsync();
    }

    /// <summary>Has both databases answer late.</summary>
    public async Task SlowAsync()
    {
        await HealAsync();
        IsSlow = true;
        (shop.NeonLine.Delay, shop.SupabaseLine.Delay) = (TimeSpan.FromMilliseconds(60), TimeSpan.FromMilliseconds(60));
    }

    /// <summary>Has the mail service go away: what it should send is tried twice, and given up.</summary>
    public Task SendNoMailsAsync()
    {
        mails.IsAway = true;
        return Task.CompletedTask;
    }

    public Task HealAsync()
    {
        (Cut, IsSlow, mails.IsAway) = (null, false, false);
        foreach (var line in new[] { shop.NeonLine, shop.SupabaseLine })
        {
            line.RefuseConnections = false;
            line.Delay = TimeSpan.Zero;
        }

        return Task.CompletedTask;
    }

    private LatencyProxy LineOf(Database database) => database == Database.Neon ? shop.NeonLine : shop.SupabaseLine;
}
