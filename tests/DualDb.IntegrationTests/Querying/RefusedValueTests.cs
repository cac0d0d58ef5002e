using System.Text.Json;
using DualDb.IntegrationTests.Repositories.BadInput;
using DualDb.Shapes.Supabase;
using DualDb.Testing;

namespace DualDb.IntegrationTests.Querying;

/// <summary>Values that PostgreSQL has none for: refused, by name, before anything is sent.</summary>
public sealed class RefusedValueTests(QueryPlace place) : IClassFixture<QueryPlace>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Refuses_texts_that_are_none_in_every_position(int number)
    {
        // By number: what carries the arguments of a test to it does not keep half a surrogate pair.
        var bad = new[] { "\0", "a\0b", "\ud83d", "a\ude00", "\ude00\ud83d" }[number];
        var specimens = place.Db.Specimens;
        var filters = new Func<SpecimenColumns, Filter<Specimen>>[]
        {
            o => o.Name == bad, o => o.Name != bad, o => bad < o.Name, o => o.Note >= bad, o => o.Name.In("a", bad), o => o.Note.NotIn(bad, null), o => o.Name.Between("a", bad), o => o.Name.Like(bad), o => o.Note.ILike(bad),
            o => o.Name.StartsWith(bad), o => o.Name.Contains(bad), o => o.Name.EndsWith(bad), o => o.Name.Matches(bad), o => o.Name.ToLower() == bad, o => o.Tags.Has(bad), o => o.Tags.Overlaps("a", bad), o => o.Tags == new[] { bad },
            o => o.Details.Text(bad) == "a", o => o.Details.Text("a", bad) == null, o => o.Details.Text("a") == bad, o => o.Details.Number(bad) > 1, o => o.Details.HasPath("a", bad), o => !(o.Id == 1 && (o.Rank == 1 || o.Name == bad)),
        };
        using var counter = StatementCounter.Start();
        foreach (var filter in filters)
        {
            var query = specimens.Where(filter);
            var refused = await Assert.ThrowsAsync<InvalidEntityException>(() => query.ToListAsync(Token));
            Refusal.AssertHelps(refused, "Specimen", Database.Supabase, column: null);
            await Assert.ThrowsAsync<InvalidEntityException>(() => query.ToPageAsync(5, cancellationToken: Token));
            await Assert.ThrowsAsync<InvalidEntityException>(() => query.CountAsync(Token));
            await Assert.ThrowsAsync<InvalidEntityException>(() => query.UpdateAsync(static set => set.Rank(1), Token));
            await Assert.ThrowsAsync<InvalidEntityException>(() => query.DeleteAsync(Token));
            await Assert.ThrowsAsync<InvalidEntityException>(async () =>
            {
                await foreach (var _ in query.StreamAsync(Token))
                {
                    Assert.Fail("Nothing is sent.");
                }
            });
        }

        await Assert.ThrowsAsync<InvalidEntityException>(() => specimens.Query().Select(o => o.Details.Text(bad)).ToListAsync(Token));
        await Assert.ThrowsAsync<InvalidEntityException>(() => specimens.OrderBy(o => o.Details.Text(bad)).ToListAsync(Token));
        await Assert.ThrowsAsync<InvalidEntityException>(() => specimens.Query().GroupBy(o => o.Details.Text(bad)).Select(g => g.Count()).ToListAsync(Token));
        await Assert.ThrowsAsync<InvalidEntityException>(() => specimens.Where(o => o.Id == 1).UpdateAsync(set => set.Name(bad), Token));
        await Assert.ThrowsAsync<InvalidEntityException>(() => specimens.Where(o => o.Id == 1).UpdateAsync(set => set.Tags([bad]), Token));
        Assert.Throws<ArgumentException>(() => SpecimenColumns.Where(o => o.Sql($"{o.Name} = {bad}")));
        Assert.Throws<ArgumentException>(() => SpecimenColumns.Where(o => o.Sql($"{o.Name} = any({new[] { "a", bad }})")));
        Assert.Empty(counter.Statements);
    }

    [Fact]
    public async Task Refuses_json_that_is_none()
    {
        using var counter = StatementCounter.Start();
        Assert.ThrowsAny<JsonException>(() => SpecimenColumns.Where(o => o.Details.Contains("{")));
        Assert.Throws<ArgumentException>(() => SpecimenColumns.Where(o => o.Details.Contains(default(JsonElement))));
        Assert.Throws<ArgumentNullException>(() => SpecimenColumns.Where(o => o.Details.Contains(null!)));
        Assert.Throws<ArgumentException>(() => SpecimenColumns.Where(o => o.Details.HasPath("a", null!)));
        var nul = await Assert.ThrowsAsync<InvalidEntityException>(() => place.Db.Specimens.Where(o => o.Details.Contains("{\"a\":\"\\u0000\"}")).ToListAsync(Token));
        Refusal.AssertHelps(nul, "Specimen", Database.Supabase, "details");
        Assert.Equal(0, counter.Count);
        await Assert.ThrowsAnyAsync<Exception>(() => place.Db.Specimens.Where(o => o.Details.Contains("\"\\ud800\"")).ToListAsync(Token));
        Assert.Equal(0, await place.Db.Specimens.Where(o => o.Id == -1).CountAsync(Token));
    }

    [Fact]
    public void Refuses_patterns_and_names_that_are_none()
    {
        Assert.Throws<ArgumentException>(() => SpecimenColumns.Where(o => o.Name.Like("a\\")));
        Assert.Throws<ArgumentException>(() => SpecimenColumns.Where(o => o.Name.ILike("\\\\\\")));
        Assert.Throws<ArgumentNullException>(() => SpecimenColumns.Where(o => o.Name.Like(null!)));
        Assert.Throws<ArgumentException>(() => SpecimenColumns.Where(o => o.Name.Matches("a", "simple'); drop table specimens; --")));
        Assert.Throws<ArgumentNullException>(() => SpecimenColumns.Where(o => o.Count.In((int[])null!)));
        Assert.Throws<ArgumentNullException>(() => place.Db.Specimens.Where((Filter<Specimen>)null!));
        Assert.Throws<ArgumentNullException>(() => place.Db.Specimens.Where((Func<SpecimenColumns, Filter<Specimen>>)null!));
        Assert.Throws<ArgumentNullException>(() => SpecimenColumns.Where(static o => o.Id == 1).And(null!));
    }

    [Fact]
    public async Task Compares_with_what_no_column_could_hold()
    {
        await place.Place.ExecuteAsync(Database.Supabase, "truncate texts; truncate custom_types; truncate enums");
        await place.Db.SupabaseTexts.InsertAsync(new Texts { Id = 1, Text = "", Letter = 'a', Short = "123456789012", Fixed = "EUR", IgnoresCase = "Foo" }, Token);
        var texts = place.Db.SupabaseTexts;
        Assert.Equal(0, await texts.Where(o => o.Short == "1234567890123").CountAsync(Token));
        Assert.Equal(1, await texts.Where(o => o.Short != "1234567890123").CountAsync(Token));
        Assert.Equal(0, await texts.Where(o => o.Short.In("1234567890123", "12345678901")).CountAsync(Token));
        Assert.Equal(0, await texts.Where(o => o.Fixed == "EURO").CountAsync(Token));
        Assert.Equal(1, await texts.Where(o => o.Fixed == "EUR   ").CountAsync(Token));
        await place.Db.SupabaseCustomTypes.InsertAsync(new CustomTypes { Id = 1, Positive = 1, ShortText = "12345678901234567890" }, Token);
        var custom = place.Db.SupabaseCustomTypes;
        Assert.Equal(0, await custom.Where(o => o.ShortText == "12345678901234567890x").CountAsync(Token));
        Assert.Equal(1, await custom.Where(o => o.ShortText == "12345678901234567890").CountAsync(Token));
        Assert.Equal(0, await custom.Where(o => o.ShortText.In("12345678901234567890x")).CountAsync(Token));
        Assert.Equal(1, await custom.Where(o => o.ShortText.In("12345678901234567890", "a,b\"\\")).CountAsync(Token));
        Assert.Equal(1, await custom.Where(o => o.Positive > -5).CountAsync(Token));
        Assert.Equal(0, await custom.Where(o => o.MaybeMood < null || o.MaybeMood.In(Mood.Sad, Mood.Happy) || o.Mood > Mood.Sad || o.Address == "10.0.0.1").CountAsync(Token));
        Assert.Equal(1, await custom.Where(o => o.Mood.In(Mood.Happy, Mood.Sad) && o.Mood <= Mood.Happy && o.Mood.Between(Mood.Sad, Mood.VeryHappy)).CountAsync(Token));
        Assert.Equal(0, await custom.Where(o => o.Positive.In(-5, 0)).CountAsync(Token));
    }

    [Fact]
    public async Task Compares_texts_that_ignore_case_as_memory_does()
    {
        await place.Place.ExecuteAsync(Database.Supabase, "truncate texts");
        string?[] values = ["a", "A", "b", "B", "_", "Z", "aB", "AB", null];
        await place.Db.SupabaseTexts.InsertManyAsync([.. values.Select(static (value, id) => new Texts { Id = id, Text = value ?? "aB", Letter = 'x', IgnoresCase = value, Fixed = value })], Token);
        var rows = await place.Db.SupabaseTexts.OrderBy(o => o.Id).ToListAsync(Token);
        var filters = values[..^1].SelectMany(static value => new[]
        {
            TextsColumns.Where(o => o.IgnoresCase == value), TextsColumns.Where(o => o.IgnoresCase < value), TextsColumns.Where(o => o.IgnoresCase.Between(value, "b")), TextsColumns.Where(o => o.IgnoresCase.In(value, "Z")),
            TextsColumns.Where(o => o.IgnoresCase.Like(value + "%")), TextsColumns.Where(o => o.IgnoresCase.StartsWith(value!)), TextsColumns.Where(o => o.IgnoresCase.Contains("B")), TextsColumns.Where(o => o.IgnoresCase == o.Text.AsNullable()),
            TextsColumns.Where(o => o.Text.AsNullable() == o.IgnoresCase), TextsColumns.Where(o => o.IgnoresCase <= o.Text.AsNullable()), TextsColumns.Where(o => o.Fixed == value), TextsColumns.Where(o => o.Fixed > value), TextsColumns.Where(o => o.Fixed == o.Text.AsNullable()),
            TextsColumns.Where(o => o.IgnoresCase.ToUpper() == value),
        });
        foreach (var filter in filters)
        {
            var found = await place.Db.SupabaseTexts.Where(filter).OrderBy(o => o.Id).Select(o => o.Id).ToListAsync(Token);
            Assert.True(found.SequenceEqual(rows.Where(filter.Matches).Select(static row => row.Id)), $"{filter}: {string.Join(' ', found)}");
        }
    }
}
