using DualDb.Consistency.Sync;
using DualDb.Consistency.Tests.Places;

namespace DualDb.Consistency.Tests.Sync;

/// <summary>Foreign keys that change rows of a two-way table when another row arrives are refused, unless both sides have them.</summary>
public sealed class CascadeTests(ConsistencyServers places)
{
    private const string Parents = "create table parents (id bigint primary key)";

    private const string Children = "create table children (id bigint primary key, parent bigint";

    private const string Cascade = " references parents on delete cascade";

    private static readonly SyncMap ParentMap = MapOf("parents", SyncDirection.OneWay, "id");

    [Theory]
    [InlineData(" references parents on delete cascade")]
    [InlineData(" references parents on delete set null")]
    [InlineData(" references parents on update cascade")]
    public async Task One_that_the_other_side_lacks_is_refused_by_name(string reference)
    {
        var refused = await Assert.ThrowsAsync<DualDbConfigurationException>(() => CreateAsync(SyncDirection.TwoWay, "", reference));
        Assert.Equal(Database.Supabase, refused.Database);
        Assert.Contains("the foreign key children_parent_fkey deletes or changes rows of public.children in Supabase", refused.Message, StringComparison.Ordinal);
        Assert.Contains("from public.children to public.parents", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_leads_over_another_table_is_refused()
    {
        var between = "; create table between_them (id bigint primary key references parents on delete cascade); ";
        var refused = await Assert.ThrowsAsync<DualDbConfigurationException>(() => SyncPlace.CreateAsync(
            places.Servers, [ParentMap, MapOf("children", SyncDirection.TwoWay, "id", "parent")], $"{Parents}; {Children})", $"{Parents}{between}{Children} references between_them on delete cascade)"));
        Assert.Contains("children_parent_fkey", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SyncDirection.TwoWay, " references parents", " references parents")]
    [InlineData(SyncDirection.TwoWay, Cascade, "")]
    [InlineData(SyncDirection.OneWay, "", Cascade)]
    public async Task What_changes_nothing_there_or_is_logged_is_let_be(SyncDirection children, string neon, string supabase)
    {
        await using var place = await CreateAsync(children, neon, supabase);
        Assert.Equal(2L, await place.SupabaseAsync("select count(*) from dualdb.sync_maps"));
    }

    [Fact]
    public async Task One_that_both_sides_have_is_let_be_and_both_end_equal()
    {
        await using var place = await CreateAsync(SyncDirection.TwoWay, Cascade, Cascade);
        await place.StartAsync();
        await place.NeonAsync("insert into parents values (1), (2); insert into children values (1, 1), (2, 2)");
        await place.SettleAsync();
        await place.NeonAsync("delete from parents where id = 1");
        await place.SettleAsync();
        Assert.Equal(1L, await place.SupabaseAsync("select count(*) from children"));
        Assert.True((await place.Sync.VerifyAsync()).IsEqual);
    }

    private Task<SyncPlace> CreateAsync(SyncDirection children, string neon, string supabase)
        => SyncPlace.CreateAsync(places.Servers, [ParentMap, MapOf("children", children, "id", "parent")], $"{Parents}; {Children}{neon})", $"{Parents}; {Children}{supabase})");

    private static SyncMap MapOf(string table, SyncDirection direction, params string[] columns) => new()
    {
        Name = table,
        Source = new SyncTable(Database.Neon, "public", table),
        Target = new SyncTable(Database.Supabase, "public", table),
        Direction = direction,
        Columns = [.. columns.Select((column, place) => new SyncColumn(column, column) { IsKey = place == 0 })],
    };
}
