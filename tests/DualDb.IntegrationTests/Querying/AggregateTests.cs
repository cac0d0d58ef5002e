using System.Numerics;
using DualDb.Shapes.Supabase;

namespace DualDb.IntegrationTests.Querying;

public sealed class AggregateTests(QueryPlace place) : IClassFixture<QueryPlace>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Counts_what_the_limits_leave()
    {
        await place.FillAsync();
        var rows = QueryPlace.MakeSpecimens();
        var active = place.Db.Specimens.Where(o => o.IsActive == true);
        var count = rows.Count(static row => row.IsActive);
        Assert.Equal(count, await active.CountAsync(Token));
        Assert.Equal(7, await active.Take(7).CountAsync(Token));
        Assert.Equal(count - 5, await active.Skip(5).CountAsync(Token));
        Assert.Equal(1, await active.Skip(count - 1).Take(10).CountAsync(Token));
        Assert.Equal(0, await active.Skip(count).Take(10).CountAsync(Token));
        Assert.Equal(count, await active.Distinct().CountAsync(Token));
        Assert.Equal(rows.Select(static row => row.Name).Distinct().Count(), await place.Db.Specimens.Query().Select(o => o.Name).Distinct().CountAsync(Token));
        Assert.True(await active.AnyAsync(Token));
        Assert.True(await active.Skip(count - 1).AnyAsync(Token));
        Assert.True(await active.Distinct().Skip(1).AnyAsync(Token));
        Assert.False(await active.Skip(count).AnyAsync(Token));
        Assert.False(await active.And(SpecimenColumns.Where(o => o.Id < 0)).AnyAsync(Token));
        Assert.False(await place.Db.Specimens.Query().Select(o => o.Name).Skip(QueryPlace.Specimens).AnyAsync(Token));
    }

    [Fact]
    public async Task Sums_rows_and_what_the_limits_leave()
    {
        await place.FillAsync();
        var rows = QueryPlace.MakeSpecimens();
        var some = place.Db.Specimens.Where(o => o.Count.Between(-1, 100) && o.Price.Between(-1, 100));
        var kept = rows.Where(static row => row.Count is >= -1 and <= 100 && row.Price is >= -1 and <= 100).OrderBy(static row => row.Id).ToArray();
        Assert.NotEmpty(kept);
        Assert.Equal(kept.Sum(static row => row.Count), await some.SumAsync(o => o.Count, Token));
        Assert.Equal(kept.Sum(static row => row.Price), await some.SumAsync(o => o.Price, Token));
        Assert.Equal(kept.Take(3).Sum(static row => row.Price), await some.Take(3).SumAsync(o => o.Price, Token));
        Assert.Equal(kept.OrderByDescending(static row => row.Id).Skip(2).Take(3).Sum(static row => row.Count), await some.OrderByDescending(o => o.Id).Skip(2).Take(3).SumAsync(o => o.Count, Token));
        Assert.Equal(kept.Sum(static row => row.Count), await some.Distinct().SumAsync(o => o.Count, Token));
        Assert.Equal(rows.Sum(static row => (long)row.Count), await place.Db.Specimens.Query().SumAsync(o => o.Count.ToInt64(), Token));
        Assert.Equal(rows.Sum(static row => (decimal?)row.Rank), await place.Db.Specimens.Query().SumAsync(o => o.Rank.ToDecimal(), Token));
        Assert.Equal(0, await some.Where(o => o.Id < 0).SumAsync(o => o.Count, Token));
        Assert.Equal(0m, await some.Where(o => o.Id < 0).SumAsync(o => o.Discount, Token));
        Assert.Equal(double.NaN, await place.Db.Specimens.Query().SumAsync(o => o.Weight, Token));
        var least = await some.OrderBy(o => o.Price).Take(4).MinAsync(o => o.Price, Token);
        Assert.Equal(kept.Min(static row => row.Price), least);
    }

    [Fact]
    public async Task Says_when_a_sum_does_not_fit()
    {
        await place.FillAsync();
        var large = place.Db.Specimens.Where(o => o.Count == int.MaxValue);
        Assert.True(await large.CountAsync(Token) > 1);
        var failure = await Assert.ThrowsAsync<RowMappingException>(() => large.SumAsync(o => o.Count, Token));
        Assert.Equal(("Specimen", Database.Supabase), (failure.Entity, failure.Database));
        Assert.True(await large.SumAsync(o => o.Count.ToInt64(), Token) > int.MaxValue);
        await Assert.ThrowsAsync<RowMappingException>(() => place.Db.Specimens.Where(o => o.Price == decimal.MaxValue).SumAsync(o => o.Price, Token));
        await Assert.ThrowsAsync<RowMappingException>(() => large.GroupBy(o => o.Count).Select(g => g.Sum(o => o.Count)).ToListAsync(Token));
    }

    [Fact]
    public async Task Averages_every_kind_of_number()
    {
        await place.Place.ExecuteAsync(Database.Supabase, "truncate numbers; truncate nullable_numbers");
        await place.Db.SupabaseNumbers.InsertManyAsync(
            [Row(1, 1), Row(2, 2), Row(3, 4)],
            Token);
        var rows = place.Db.SupabaseNumbers.Query();
        Assert.Equal(2.333333333m, await rows.AverageAsync(o => o.Int, Token));
        Assert.Equal(2.333333333m, await rows.AverageAsync(o => o.ULong, Token));
        Assert.Equal(2.333333333m, await rows.AverageAsync(o => o.Decimal, Token));
        Assert.Equal(2.333333333m, await rows.AverageAsync(o => o.BigInteger, Token));
        Assert.Equal(7.0 / 3, (await rows.AverageAsync(o => o.Double, Token))!.Value, 12);
        Assert.Equal(7.0 / 3, (await rows.AverageAsync(o => o.Float, Token))!.Value, 6);
        Assert.Equal(1.5m, await rows.OrderBy(o => o.Id).Take(2).AverageAsync(o => o.Byte, Token));
        Assert.Null(await rows.Where(o => o.Id < 0).AverageAsync(o => o.Int, Token));
        Assert.Null(await rows.Where(o => o.Id < 0).AverageAsync(o => o.Double, Token));
        Assert.Equal(7, await rows.SumAsync(o => o.Byte, Token));
        Assert.Equal(7UL, await rows.SumAsync(o => o.ULong, Token));
        Assert.Equal(7f, await rows.SumAsync(o => o.Float, Token));
        Assert.Equal(new BigInteger(7), await rows.SumAsync(o => o.BigInteger, Token));
        Assert.Equal(((short?)1, (uint?)4), (await rows.MinAsync(o => o.Short, Token), await rows.MaxAsync(o => o.UInt, Token)));

        await place.Db.SupabaseNullableNumbers.InsertManyAsync([new NullableNumbers { Id = 1, Int = 3, Double = 1.5 }, new NullableNumbers { Id = 2, Int = 4 }, new NullableNumbers { Id = 3 }], Token);
        var nullable = place.Db.SupabaseNullableNumbers.Query();
        Assert.Equal(3.5m, await nullable.AverageAsync(o => o.Int, Token));
        Assert.Equal(1.5, await nullable.AverageAsync(o => o.Double, Token));
        Assert.Equal(7, await nullable.SumAsync(o => o.Int, Token));
        Assert.Equal(0L, await nullable.SumAsync(o => o.Long, Token));
        Assert.Null(await nullable.MinAsync(o => o.Long, Token));
        Assert.Equal(4, await nullable.MaxAsync(o => o.Int, Token));
        Assert.Null(await nullable.AverageAsync(o => o.Decimal, Token));

        static Numbers Row(int id, byte value) => new()
        {
            Id = id, Byte = value, SByte = (sbyte)value, Short = value, UShort = value, Int = value, UInt = value, Long = value, ULong = value, Float = value, Double = value, Decimal = value, BigInteger = value,
        };
    }

    [Fact]
    public async Task Finds_the_least_and_the_greatest_of_texts_times_and_types_of_the_users()
    {
        await place.FillAsync();
        var rows = place.Db.Specimens.Query();
        Assert.Equal("", await rows.MinAsync(o => o.Name, Token));
        Assert.Equal(await rows.OrderByDescending(o => o.Note, Nulls.Last).Select(o => o.Note).FirstOrDefaultAsync(Token), await rows.MaxAsync(o => o.Note, Token));
        Assert.Null(await rows.Where(o => o.Id < 0).MinAsync(o => o.Name, Token));
        Assert.Equal(DateTimeOffset.MinValue, await rows.MinAsync(o => o.SeenAt, Token));
        Assert.Equal(DateOnly.MaxValue, await rows.MaxAsync(o => o.Born, Token));
        Assert.Equal(DayOfWeek.Saturday, await rows.MaxAsync(o => o.Weekday, Token));
        Assert.Equal(2024, await rows.Where(o => o.SeenAt.Year().IsNotNull()).MaxAsync(o => o.SeenAt.Year(), Token));

        await place.Place.ExecuteAsync(Database.Supabase, "truncate custom_types");
        await place.Db.SupabaseCustomTypes.InsertManyAsync(
            [.. Enumerable.Range(1, 3).Select(static id => new CustomTypes { Id = id, Mood = (Mood)(id - 1), Positive = id, Address = $"10.0.0.{id}/24" })], Token);
        var custom = place.Db.SupabaseCustomTypes.Query();
        Assert.Equal(Mood.VeryHappy, await custom.MaxAsync(o => o.Mood, Token));
        Assert.Equal("10.0.0.3/24", await custom.MaxAsync(o => o.Address, Token));
        Assert.Equal("10.0.0.2/24", await custom.OrderBy(o => o.Id).Take(2).MaxAsync(o => o.Address, Token));
        Assert.Equal(1, await custom.MinAsync(o => o.Positive, Token));
        Assert.Equal(6, await custom.SumAsync(o => o.Positive, Token));
    }
}
