using DualDb.Generators.Tests.Harness;

namespace DualDb.Generators.Tests;

/// <summary>Few files, chosen so that each statement and each way to read and write a member is seen once.</summary>
public sealed class SnapshotTests
{
    [Theory]
    [InlineData("Shop", "Shop.Order.g.cs")]
    [InlineData("Shop", "Shop.ShopDb.g.cs")]
    [InlineData("Shop", "Shop.ShopDb.Registration.g.cs")]
    [InlineData("Shop", "Shop.Order.Joins.g.cs")]
    [InlineData("Projections", "Projections.Wider.Projection.g.cs")]
    [InlineData("Roles", "Roles.Person.g.cs")]
    [InlineData("DeclaredTypes", "DeclaredTypes.Declared.g.cs")]
    [InlineData("Declarations", "Declarations.Private.g.cs")]
    [InlineData("Views", "Market.History.g.cs")]
    [InlineData("Views", "Market.OrderDetails.g.cs")]
    [InlineData("Views", "Market.Dashboard.g.cs")]
    [InlineData("Caching", "Cached.Book.g.cs")]
    [InlineData("Caching", "Cached.BookPage.g.cs")]
    [InlineData("Caching", "Cached.AuthorPage.g.cs")]
    [InlineData("Events", "Ordering.OrderCreated.Event.g.cs")]
    [InlineData("Events", "Ordering.OrderCancelled.Event.g.cs")]
    [InlineData("Events", "Ordering.OrderingDb.Events.g.cs")]
    [InlineData("Events", "Ordering.OrderingDb.Events.Registration.g.cs")]
    [InlineData("EventCodecs", "Codecs.Types.Event.g.cs")]
    [InlineData("Sagas", "Placing.CreateOrderSaga.Saga.g.cs")]
    [InlineData("Sagas", "Placing.Count.Saga.g.cs")]
    [InlineData("Sagas", "Placing.PlacingDb.Sagas.g.cs")]
    [InlineData("Sagas", "Placing.PlacingDb.Sagas.Registration.g.cs")]
    [InlineData("Sagas", "Placing.PlacingDb.Events.g.cs")]
    [InlineData("EventCodecs", "Codecs.Defaults.Event.g.cs")]
    [InlineData("Schema", "Schemas.Order.g.cs")]
    [InlineData("Schema", "Schemas.SchemaDb.Schema.g.cs")]
    [InlineData("Sync", "Following.FollowingDb.Schema.g.cs")]
    [InlineData("Sync", "Following.FollowingDb.Sync.g.cs")]
    [InlineData("Sync", "Following.FollowingDb.Sync.Registration.g.cs")]
    [InlineData("Sync", "Following.StockLevel.Reads.g.cs")]
    [InlineData("Sync", "Following.Customer.Reads.g.cs")]
    [InlineData("Sensitive", "Guarded.CustomerJoined.Event.g.cs")]
    [InlineData("Sensitive", "Guarded.CustomerJoined.ToString.g.cs")]
    [InlineData("Sensitive", "Guarded.Employee.ToString.g.cs")]
    [InlineData("Sensitive", "Guarded.Iban.ToString.g.cs")]
    [InlineData("Sensitive", "Guarded.OpenAccountSaga.Saga.g.cs")]
    public void A_file_reads_as_approved(string fixture, string file)
        => Snapshot.Verify(file, GeneratorRun.OfFixture(fixture).Files[file]);
}
