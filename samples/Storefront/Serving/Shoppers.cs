using System.Diagnostics;
using DualDb;
using DualDb.Consistency.Events;
using DualDb.Consistency.Sagas;
using Microsoft.Extensions.Hosting;
using Storefront.Data;
using Storefront.Models;

namespace Storefront.Serving;

/// <summary>Load that never ends: shoppers who look, buy and move house. What fails while a database is away is theirs to try again.</summary>
internal sealed class Shoppers(ShopDb db) : BackgroundService
{
    private static readonly ActivitySource Visits = new("Storefront.Visits");

    private readonly SeededRandom _random = new(91);
    private List<Guid> _users = [];
    private List<long> _products = [];

    /// <summary>How many visits succeeded, and how many did not.</summary>
    public (long Succeeded, long Failed) Count { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Without a listener there is no trace, and nobody could say which reads belong together.
        using var listener = new ActivityListener { ShouldListenTo = static source => source == Visits, Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData };
        ActivitySource.AddActivityListener(listener);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await VisitAsync(stoppingToken);
        }
    }

    private async Task VisitAsync(CancellationToken cancellationToken)
    {
        try
        {
            await LookUpAsync(cancellationToken);
            using var activity = Visits.StartActivity("visit");
            await (_random.Below(20) switch
            {
                < 6 => BrowseAsync(cancellationToken),
                < 11 => HistoryAsync(cancellationToken),
                < 15 => BuyAsync(cancellationToken),
                < 17 => CheckOutAsync(cancellationToken),
                < 18 => BasketAsync(cancellationToken),
                < 19 => MoveAsync(cancellationToken),
                _ => DisagreeAsync(cancellationToken),
            });
            Count = Count with { Succeeded = Count.Succeeded + 1 };
        }
        catch (Exception failure) when (failure is DualDbException or SagaFailedException)
        {
            Count = Count with { Failed = Count.Failed + 1 };
        }
    }

    private async Task LookUpAsync(CancellationToken cancellationToken)
    {
        if (_users.Count == 0)
        {
            _products = [.. (await db.Products.ListAsync(limit: 200, cancellationToken)).Select(static product => product.Id)];
            _users = [.. (await db.Profiles.ListAsync(limit: 500, cancellationToken)).Select(static profile => profile.Id)];
        }
    }

    private async Task BrowseAsync(CancellationToken cancellationToken) => await db.Products.FindAsync(_random.Pick(_products), cancellationToken);

    private async Task HistoryAsync(CancellationToken cancellationToken) => await db.UserOrderHistories.GetAsync(_random.Pick(_users), cancellationToken);

    /// <summary>An order, and the event of it, in one transaction.</summary>
    private async Task BuyAsync(CancellationToken cancellationToken)
    {
        var user = _random.Pick(_users);
        await using var transaction = await db.BeginNeonAsync(cancellationToken);
        var order = await db.Orders.InsertAsync(new Order { UserId = user, Status = OrderStatus.Placed, Total = _random.Between(5, 300) }, transaction, cancellationToken);
        transaction.Publish(new OrderPlaced(order.Id, user, order.Total), key: user);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>An order over both databases. One in ten is of nobody, and is undone.</summary>
    private async Task CheckOutAsync(CancellationToken cancellationToken)
    {
        var user = _random.Percent(10) ? _random.NextGuid() : _random.Pick(_users);
        await db.Sagas.CreateOrder.RunAsync(Guid.NewGuid(), new CreateOrder(user, _random.Pick(_products), 1, _random.Between(5, 300)), cancellationToken);
    }

    /// <summary>What somebody forgot to ask for at once: the dashboard tells of it.</summary>
    private async Task BasketAsync(CancellationToken cancellationToken)
    {
        for (var position = 0; position < 12; position++)
        {
            await db.Orders.Where(o => o.UserId == _random.Pick(_users)).CountAsync(cancellationToken);
        }
    }

    private async Task MoveAsync(CancellationToken cancellationToken)
    {
        var profile = await db.Profiles.GetAsync(_random.Pick(_users), cancellationToken);
        await db.Profiles.UpdateAsync(profile with { City = _random.Pick(People.Cities) }, cancellationToken);
    }

    /// <summary>The user moves, and the business corrects the name, at the same time.</summary>
    private async Task DisagreeAsync(CancellationToken cancellationToken)
    {
        var id = _random.Pick(_users);
        await Task.WhenAll(
            db.Profiles.PatchAsync(id, set => set.City(_random.Pick(People.Cities)), cancellationToken),
            db.Customers.PatchAsync(id, set => set.City(_random.Pick(People.Cities)), cancellationToken));
    }
}
