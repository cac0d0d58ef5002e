using DualDb.IntegrationTests.Repositories.Places;

namespace DualDb.IntegrationTests.Repositories.BadInput;

/// <summary>Rows that somebody else wrote and that do not fit the model: the exception names the column, and the connection goes on.</summary>
public sealed class BrokenRowTests(BadInputPlace place) : IClassFixture<BadInputPlace>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Place Place => place.Place;

    [Fact]
    public async Task Unknown_enum_text_in_Neon()
    {
        var rows = Place.Db.NeonEnums;
        await rows.UpsertAsync(new Shapes.Neon.EnumsShape().Make(0), Token);
        await Place.ExecuteAsync(Database.Neon, "update enums set text = 'Doomsday'");

        var exception = await AssertMisfitAsync(Database.Neon, "Enums", "text", async () => await rows.FindAsync(1, Token));
        Assert.Contains("Doomsday", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Monday", exception.Message, StringComparison.Ordinal);
        await AssertMisfitAsync(Database.Neon, "Enums", "text", () => rows.ListAsync(10, Token));
        await AssertMisfitAsync(Database.Neon, "Enums", "text", async () => await rows.StreamAsync(Token).ToListAsync(Token));
        await AssertMisfitAsync(Database.Neon, "Enums", "text", () => rows.FindManyAsync([1], Token));
        Assert.Equal(1, await rows.CountAsync(Token));
    }

    [Fact]
    public async Task Unknown_enum_text_in_Supabase()
    {
        var rows = Place.Db.SupabaseEnums;
        await rows.UpsertAsync(new Shapes.Supabase.EnumsShape().Make(0), Token);
        await Place.ExecuteAsync(Database.Supabase, "update enums set stage = ''");

        await AssertMisfitAsync(Database.Supabase, "Enums", "stage", async () => await rows.GetAsync(1, Token));
        Assert.Equal(1, await rows.CountAsync(Token));
    }

    [Fact]
    public async Task Null_in_a_column_whose_member_accepts_none_in_Neon()
    {
        var rows = Place.Db.NeonSetterClasses;
        await rows.UpsertAsync(new Shapes.Neon.SetterClassShape().Make(0), Token);
        await Place.ExecuteAsync(Database.Neon, "alter table setter_classes alter column amount drop not null; update setter_classes set amount = null");

        var exception = await AssertMisfitAsync(Database.Neon, "SetterClass", "amount", async () => await rows.FindAsync(1, Token));
        Assert.Contains("NULL", exception.Message, StringComparison.Ordinal);
        Assert.True(await rows.ExistsAsync(1, Token));
    }

    [Fact]
    public async Task Null_in_a_column_whose_member_accepts_none_in_Supabase()
    {
        var rows = Place.Db.SupabaseSetterClasses;
        await rows.UpsertAsync(new Shapes.Supabase.SetterClassShape().Make(0), Token);
        await Place.ExecuteAsync(Database.Supabase, "alter table setter_classes alter column name drop not null; update setter_classes set name = null");

        await AssertMisfitAsync(Database.Supabase, "SetterClass", "name", async () => await rows.FindAsync(1, Token));
        Assert.True(await rows.ExistsAsync(1, Token));
    }

    [Fact]
    public async Task Number_that_the_member_cannot_hold()
    {
        var rows = Place.Db.NeonNumbers;
        await rows.UpsertAsync(new Shapes.Neon.NumbersShape().Make(0), Token);
        await Place.ExecuteAsync(Database.Neon, "update numbers set byte = 300");

        await AssertMisfitAsync(Database.Neon, "Numbers", "byte", async () => await rows.FindAsync(1, Token));
        await Place.ExecuteAsync(Database.Neon, "update numbers set byte = 3, decimal = 1e60");
        await AssertMisfitAsync(Database.Neon, "Numbers", "decimal", async () => await rows.FindAsync(1, Token));
        Assert.True(await rows.ExistsAsync(1, Token));
    }

    [Fact]
    public async Task Null_in_an_array_whose_elements_accept_none()
    {
        var rows = Place.Db.NeonArrays;
        await rows.UpsertAsync(new Shapes.Neon.ArraysShape().Make(0), Token);
        await Place.ExecuteAsync(Database.Neon, "update arrays set texts = array['a', null]");

        await AssertMisfitAsync(Database.Neon, "Arrays", "texts", async () => await rows.FindAsync(1, Token));
        Assert.True(await rows.ExistsAsync(1, Token));
    }

    [Fact]
    public async Task Document_of_another_form()
    {
        var rows = Place.Db.NeonDocuments;
        await rows.UpsertAsync(new Shapes.Neon.DocumentsShape().Make(0), Token);
        await Place.ExecuteAsync(Database.Neon, """update documents set home = '{"street": [1]}'""");

        await AssertMisfitAsync(Database.Neon, "Documents", "home", async () => await rows.FindAsync(1, Token));
        await Place.ExecuteAsync(Database.Neon, "update documents set home = 'null'");
        await AssertMisfitAsync(Database.Neon, "Documents", "home", async () => await rows.FindAsync(1, Token));
        Assert.True(await rows.ExistsAsync(1, Token));
    }

    [Fact]
    public async Task Time_beyond_the_type()
    {
        var rows = Place.Db.NeonMoments;
        await rows.UpsertAsync(new Shapes.Neon.MomentsShape().Make(0), Token);
        await Place.ExecuteAsync(Database.Neon, "update moments set instant = '20000-01-01Z'");

        await AssertMisfitAsync(Database.Neon, "Moments", "instant", async () => await rows.FindAsync(1, Token));
        Assert.True(await rows.ExistsAsync(1, Token));
    }

    [Fact]
    public async Task Misfit_in_a_transaction_leaves_it_usable()
    {
        var rows = Place.Db.NeonOthers;
        await rows.UpsertAsync(new Shapes.Neon.OthersShape().Make(0), Token);
        await Place.ExecuteAsync(Database.Neon, "alter table others alter column bytes drop not null; update others set bytes = null");
        await using var transaction = await Place.Db.BeginNeonAsync(Token);

        await AssertMisfitAsync(Database.Neon, "Others", "bytes", async () => await rows.FindAsync(1, transaction, Token));
        await AssertMisfitAsync(Database.Neon, "Others", "bytes", async () => await rows.StreamAsync(transaction, Token).ToListAsync(Token));
        Assert.True(await rows.DeleteAsync(1, transaction, Token));
        await transaction.CommitAsync(Token);

        Assert.Equal(0, await rows.CountAsync(Token));
    }

    private static async Task<RowMappingException> AssertMisfitAsync(Database database, string entity, string column, Func<Task> read)
    {
        var exception = await Assert.ThrowsAsync<RowMappingException>(read);
        Assert.Equal(column, exception.Column);
        Refusal.AssertHelps(exception, entity, database, column);
        return exception;
    }
}
