using DualDb.IntegrationTests.Repositories.Places;

namespace DualDb.IntegrationTests.Repositories.BadInput;

/// <summary>Writes that the database itself refuses.</summary>
public sealed class ConstraintTests(BadInputPlace place) : IClassFixture<BadInputPlace>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Place Place => place.Place;

    [Fact]
    public async Task Missing_parent()
    {
        var row = new Shapes.Neon.ItemShape().Make(0) with { ShelfId = 777 };

        var exception = await Assert.ThrowsAsync<ConstraintViolationException>(() => Place.Db.NeonItems.InsertAsync(row, Token));

        Assert.Equal(ConstraintKind.ForeignKey, exception.Kind);
        Refusal.AssertHelps(exception, "Item", Database.Neon, "shelf_id");
    }

    [Fact]
    public async Task Parent_in_the_other_database_is_not_looked_for()
    {
        var row = new Shapes.Neon.ItemShape().Make(0) with { OwnerId = Guid.NewGuid(), ColourCode = null, SpareShelfId = null };
        await Place.ExecuteAsync(Database.Neon, "insert into shelves (id, name) values (1, 'one') on conflict do nothing");

        Assert.Equal(row.OwnerId, (await Place.Db.NeonItems.InsertAsync(row, Token)).OwnerId);
    }

    [Fact]
    public async Task Parent_that_is_still_referred_to()
    {
        await Place.ExecuteAsync(Database.Supabase, "insert into shelves (id, name) values (50, 'fifty')");
        await Place.Db.SupabaseItems.InsertAsync(new Shapes.Supabase.ItemShape().Make(0) with { ShelfId = 50, ColourCode = null, SpareShelfId = null }, Token);

        var exception = await Assert.ThrowsAsync<ConstraintViolationException>(() => Place.Db.SupabaseShelves.DeleteAsync(50, Token));

        Assert.Equal(ConstraintKind.ForeignKey, exception.Kind);
        Refusal.AssertHelps(exception, "Shelf", Database.Supabase, column: null);
    }

    [Fact]
    public async Task Check_of_a_domain()
    {
        var row = new Shapes.Neon.CustomTypesShape().Make(0) with { Positive = -1 };

        var exception = await Assert.ThrowsAsync<ConstraintViolationException>(() => Place.Db.NeonCustomTypes.InsertAsync(row, Token));

        Assert.Equal(ConstraintKind.Check, exception.Kind);
        Refusal.AssertHelps(exception, "CustomTypes", Database.Neon, column: null);
    }

    [Fact]
    public async Task Text_that_is_no_JSON()
    {
        var row = new Shapes.Neon.DocumentsShape().Make(0);
        row.Text = "{not json";

        var exception = await Assert.ThrowsAnyAsync<DualDbException>(() => Place.Db.NeonDocuments.InsertAsync(row, Token));

        Refusal.AssertHelps(exception, "Documents", Database.Neon, column: null);
        Assert.Equal(0, await Place.Db.NeonDocuments.CountAsync(Token));
    }

    [Fact]
    public async Task Failed_statement_ends_a_transaction_with_a_clear_word()
    {
        var rows = Place.Db.NeonTextKeys;
        await rows.UpsertAsync(new Shapes.Neon.TextKey("taken", 1), Token);
        await using var transaction = await Place.Db.BeginNeonAsync(Token);
        await Assert.ThrowsAsync<ConstraintViolationException>(() => rows.InsertAsync(new Shapes.Neon.TextKey("taken", 2), transaction, Token));

        var next = await Assert.ThrowsAnyAsync<DualDbException>(async () => await rows.FindAsync("taken", transaction, Token));
        Refusal.AssertHelps(next, "TextKey", Database.Neon, column: null);
        await Assert.ThrowsAnyAsync<DualDbException>(() => transaction.CommitAsync(Token));
        Assert.Equal(1, (await rows.GetAsync("taken", Token)).Amount);
    }
}
