using DualDb.IntegrationTests.Repositories.BadInput;
using DualDb.IntegrationTests.Repositories.Places;
using DualDb.Shapes.Supabase;
using DualDb.Testing;

namespace DualDb.IntegrationTests.Querying;

/// <summary>Updates of some columns of one row.</summary>
public sealed class PatchingTests(QueryPlace place) : IClassFixture<QueryPlace>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IEverythingRepository Table => place.Db.SupabaseEverythings;

    [Theory]
    [InlineData(Endpoint.Direct)]
    [InlineData(Endpoint.Pooled)]
    public async Task Sets_the_named_columns_alone(Endpoint endpoint)
    {
        var table = place[endpoint].Db.SupabaseEverythings;
        var row = await table.InsertAsync(new Everything { Slug = Guid.NewGuid().ToString(), Rank = 1, Tags = ["a"] }, Token);
        await table.PatchAsync(row.Id, static set => set.Tags(["b"]), Token);
        using var counter = StatementCounter.Start();
        var patched = await table.PatchAsync(row.Id, static set => set.Rank(7), Token);
        Assert.Equal(1, counter.Count);
        Assert.Equal((row.Slug, 7, 3L, row.CreatedAt), (patched.Slug, patched.Rank, patched.Version, patched.CreatedAt));
        Assert.Equal(["b"], patched.Tags);
        Assert.True(patched.UpdatedAt > row.UpdatedAt);
        Assert.Equal(8, (await table.PatchAsync(row.Id, static set => set.Add(o => o.Rank, 1), Token)).Rank);
    }

    [Fact]
    public async Task Checks_the_version_that_is_expected()
    {
        var row = await Table.InsertAsync(new Everything { Slug = Guid.NewGuid().ToString() }, Token);
        var second = await Table.PatchAsync(row.Id, row.Version, static set => set.Rank(1), Token);
        Assert.Equal(row.Version + 1, second.Version);
        var conflict = await Assert.ThrowsAsync<ConcurrencyConflictException>(() => Table.PatchAsync(row.Id, row.Version, static set => set.Rank(2), Token));
        Refusal.AssertHelps(conflict, "Everything", Database.Supabase, column: null);
        Assert.Equal(1, (await Table.GetAsync(row.Id, Token)).Rank);
        await Assert.ThrowsAsync<EntityNotFoundException>(() => Table.PatchAsync(-1, static set => set.Rank(2), Token));
        await Assert.ThrowsAsync<EntityNotFoundException>(() => Table.PatchAsync(-1, 1, static set => set.Rank(2), Token));
        await Table.DeleteAsync(row.Id, Token);
        await Assert.ThrowsAsync<EntityNotFoundException>(() => Table.PatchAsync(row.Id, static set => set.Rank(2), Token));
    }

    [Fact]
    public async Task Works_with_keys_of_several_columns_and_with_types_of_the_users()
    {
        await place.Db.SupabaseVersionedLongs.InsertAsync(new VersionedLong { Tenant = Guid.Empty, Number = 5 }, Token);
        var patched = await place.Db.SupabaseVersionedLongs.PatchAsync((Guid.Empty, 5), 1, static set => set.Name("n"), Token);
        Assert.Equal(("n", 2L), (patched.Name, patched.Revision));
        Assert.Null((await place.Db.SupabaseVersionedLongs.PatchAsync((Guid.Empty, 5), static set => set.Name(null), Token)).Name);
        await Assert.ThrowsAsync<ConcurrencyConflictException>(() => place.Db.SupabaseVersionedLongs.PatchAsync((Guid.Empty, 5), 2, static set => set.Name("m"), Token));
        await place.Db.SupabaseCustomTypes.InsertAsync(new CustomTypes { Id = 77, Positive = 3 }, Token);
        var custom = await place.Db.SupabaseCustomTypes.PatchAsync(77, static set => set.Mood(Mood.Happy).MaybeMood(null).Address("10.1.1.1/8").ShortText("s").Add(o => o.Positive, 4), Token);
        Assert.Equal((Mood.Happy, (Mood?)null, "10.1.1.1/8", "s", 7), (custom.Mood, custom.MaybeMood, custom.Address, custom.ShortText, custom.Positive));
        await Assert.ThrowsAsync<ConstraintViolationException>(() => place.Db.SupabaseCustomTypes.PatchAsync(77, static set => set.Positive(-1), Token));
    }

    [Fact]
    public async Task Works_in_transactions()
    {
        var row = await Table.InsertAsync(new Everything { Slug = Guid.NewGuid().ToString() }, Token);
        await using (var transaction = await place.Db.BeginSupabaseAsync(Token))
        {
            Assert.Equal(1, (await Table.PatchAsync(row.Id, static set => set.Rank(1), transaction, Token)).Rank);
            Assert.Equal(2, (await Table.PatchAsync(row.Id, row.Version + 1, static set => set.Rank(2), transaction, Token)).Rank);
            Assert.Equal(0, (await Table.GetAsync(row.Id, Token)).Rank);
            await transaction.RollbackAsync(Token);
        }

        Assert.Equal(row.Version, (await Table.GetAsync(row.Id, Token)).Version);
        await Assert.ThrowsAsync<ArgumentNullException>(() => Table.PatchAsync(row.Id, static set => set.Rank(1), null!, Token));
    }

    [Fact]
    public async Task Refuses_bad_values_before_anything_is_sent()
    {
        using var counter = StatementCounter.Start();
        await Assert.ThrowsAsync<ArgumentNullException>(() => Table.PatchAsync(1, null!, Token));
        await Assert.ThrowsAsync<ArgumentException>(() => Table.PatchAsync(1, static _ => { }, Token));
        await Assert.ThrowsAsync<ArgumentException>(() => Table.PatchAsync(1, static set => set.Rank(1).Rank(1), Token));
        await Assert.ThrowsAsync<ArgumentException>(() => Table.PatchAsync(1, static set => set.Copy(o => o.Id, o => o.Id), Token));
        await Assert.ThrowsAsync<ArgumentException>(() => Table.PatchAsync(1, static set => set.Copy(o => o.DeletedAt, o => o.DeletedAt), Token));
        var texts = place.Db.SupabaseTexts;
        var tooLong = await Assert.ThrowsAsync<InvalidEntityException>(() => texts.PatchAsync(1, static set => set.Short("1234567890123"), Token));
        Refusal.AssertHelps(tooLong, "Texts", Database.Supabase, "short");
        foreach (var bad in new[] { "a\0b", "\ud800", "x\udc00y" })
        {
            Refusal.AssertHelps(await Assert.ThrowsAsync<InvalidEntityException>(() => texts.PatchAsync(1, set => set.Text(bad), Token)), "Texts", Database.Supabase, "text");
            Refusal.AssertHelps(await Assert.ThrowsAsync<InvalidEntityException>(() => texts.PatchAsync(1, set => set.IgnoresCase(bad), Token)), "Texts", Database.Supabase, "ignores_case");
        }

        await Assert.ThrowsAsync<InvalidEntityException>(() => texts.PatchAsync(1, static set => set.Letter('\0'), Token));
        Assert.Equal(0, counter.Count);
    }
}
