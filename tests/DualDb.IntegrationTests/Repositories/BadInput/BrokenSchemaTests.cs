using DualDb.IntegrationTests.Repositories.Places;

namespace DualDb.IntegrationTests.Repositories.BadInput;

/// <summary>A database whose tables are not what the model says.</summary>
public sealed class BrokenSchemaTests(BadInputPlace place) : IClassFixture<BadInputPlace>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Place Place => place.Place;

    [Fact]
    public async Task Missing_table_in_Neon()
    {
        var rows = Place.Db.NeonInitRecords;
        var row = new Shapes.Neon.InitRecordShape().Make(0);
        await Place.ExecuteAsync(Database.Neon, "drop table init_records");

        await AssertMismatchAsync(Database.Neon, "InitRecord", column: null, "init_records", async () => await rows.FindAsync(row.Id, Token));
        await AssertMismatchAsync(Database.Neon, "InitRecord", column: null, "init_records", () => rows.InsertAsync(row, Token));
        await AssertMismatchAsync(Database.Neon, "InitRecord", column: null, "init_records", async () => await rows.StreamAsync(Token).ToListAsync(Token));
        await AssertMismatchAsync(
            Database.Neon, "InitRecord", column: null, "init_records", () => rows.InsertManyAsync([.. Enumerable.Range(0, 50).Select(new Shapes.Neon.InitRecordShape().Make)], Token));
        await Place.Db.CreateTablesAsync(Token);
        Assert.Equal(0, await rows.CountAsync(Token));
    }

    [Fact]
    public async Task Missing_table_in_Supabase()
    {
        await Place.ExecuteAsync(Database.Supabase, "drop table init_records");

        await AssertMismatchAsync(Database.Supabase, "InitRecord", column: null, "init_records", () => Place.Db.SupabaseInitRecords.CountAsync(Token));
        await Place.Db.CreateTablesAsync(Token);
        Assert.Equal(0, await Place.Db.SupabaseInitRecords.CountAsync(Token));
    }

    [Fact]
    public async Task Missing_column_in_Neon()
    {
        var rows = Place.Db.NeonRequiredMembers;
        await Place.ExecuteAsync(Database.Neon, "alter table required_members drop column note");

        await AssertMismatchAsync(Database.Neon, "RequiredMembers", "note", "note", () => rows.ListAsync(1, Token));
        await AssertMismatchAsync(Database.Neon, "RequiredMembers", "note", "note", () => rows.InsertAsync(new Shapes.Neon.RequiredMembersShape().Make(0), Token));
        Assert.Equal(0, await rows.CountAsync(Token));
    }

    [Fact]
    public async Task Missing_column_in_Supabase()
    {
        var rows = Place.Db.SupabaseRequiredMembers;
        await Place.ExecuteAsync(Database.Supabase, "alter table required_members drop column rank");

        await AssertMismatchAsync(Database.Supabase, "RequiredMembers", "rank", "rank", () => rows.ListAsync(1, Token));
        Assert.Equal(0, await rows.CountAsync(Token));
    }

    [Fact]
    public async Task Missing_schema()
    {
        await Place.ExecuteAsync(Database.Neon, "drop schema warehouse cascade");

        await AssertMismatchAsync(Database.Neon, "OwnSchema", column: null, "warehouse", async () => await Place.Db.NeonOwnSchemas.FindAsync(1, Token));
        await Place.Db.CreateTablesAsync(Token);
        Assert.Equal(0, await Place.Db.NeonOwnSchemas.CountAsync(Token));
    }

    [Fact]
    public async Task Column_of_another_type()
    {
        var rows = Place.Db.NeonNestedRecords;
        await Place.ExecuteAsync(Database.Neon, "alter table nested_records alter column name type integer using null; insert into nested_records (id, name) values (1, 5)");

        var exception = await Assert.ThrowsAsync<RowMappingException>(async () => await rows.FindAsync(1, Token));

        Assert.Equal("name", exception.Column);
        Assert.Contains("integer", exception.Message, StringComparison.Ordinal);
        Refusal.AssertHelps(exception, "NestedRecord", Database.Neon, "name");
        Assert.True(await rows.ExistsAsync(1, Token));
    }

    private static async Task AssertMismatchAsync(Database database, string entity, string? column, string named, Func<Task> call)
    {
        var exception = await Assert.ThrowsAsync<SchemaMismatchException>(call);
        Assert.Equal(column, exception.Column);
        Assert.Contains(named, exception.Message, StringComparison.Ordinal);
        Refusal.AssertHelps(exception, entity, database, column);
    }
}
