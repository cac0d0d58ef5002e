using DualDb.Querying;

namespace DualDb.Sdk.Tests.Querying;

/// <summary>Shapes are the keys of a cache of SQL texts: equal ones must have equal texts.</summary>
public class ShapeTests
{
    private const int Trees = 20_000;

    [Fact]
    public void Are_equal_only_where_the_texts_are()
    {
        var random = new Random(5);
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < Trees; i++)
        {
            var filter = Next(random, random.Next(5));
            var text = filter.ToString();
            var shape = ShapeOf(filter);
            Assert.Equal(shape, ShapeOf(filter));
            if (!texts.TryAdd(shape, text))
            {
                Assert.Equal(texts[shape], text);
            }
        }

        Assert.True(texts.Count > Trees / 4, $"Only {texts.Count} shapes.");
    }

    [Fact]
    public void Do_not_tell_values_but_all_else()
    {
        Assert.Equal(ShapeOf(Thing.N == 1), ShapeOf(Thing.N == 2));
        Assert.Equal(ShapeOf(Thing.N.In(1)), ShapeOf(Thing.N.In(1, 2, 3)));
        Assert.Equal(ShapeOf(Thing.T.Like("a")), ShapeOf(Thing.T.Contains("b")));
        Assert.NotEqual(ShapeOf(Thing.T == "a"), ShapeOf(Thing.T == null));
        Assert.NotEqual(ShapeOf(Thing.Sql($"v")), ShapeOf(Thing.Sql($"{Thing.Sql($"{5}")}")));
        Assert.Equal(ShapeOf(Thing.V == true && (Thing.N == 1 && Thing.T == "a")), ShapeOf(Thing.V == true && Thing.N == 1 && Thing.T == "a"));
    }

    [Fact]
    public void Of_long_chains_are_the_same_however_they_are_walked()
    {
        var (left, right) = (Thing.N == 0, Thing.N == 0);
        for (var i = 1; i < 200; i++)
        {
            (left, right) = (left || Thing.N == i, Thing.N == i || right);
            Assert.Equal(ShapeOf(left), ShapeOf(right));
            Assert.Equal(left.ToString(), right.ToString());
        }
    }

    private static Filter<Thing> Next(Random random, int depth)
    {
        if (depth == 0)
        {
            return random.Next(14) switch
            {
                0 => Thing.N == 1,
                1 => Thing.N < 1,
                2 => Thing.T == null,
                3 => Thing.T != "a",
                4 => Thing.T.In("a", null),
                5 => Thing.T.NotIn("a"),
                6 => Thing.T.ILike("a"),
                7 => Thing.N.Between(1, 2),
                8 => Thing.N.AsNullable() == Thing.T.Length(),
                9 => Thing.V == true,
                10 => Thing.Sql($"v"),
                11 => Thing.Sql($"{5}"),
                12 => Thing.Sql($"{Thing.V}"),
                _ => Thing.T.Matches("a", random.Next(2) == 0 ? "simple" : "v"),
            };
        }

        return random.Next(6) switch
        {
            0 => !Next(random, depth - 1),
            1 => Next(random, depth - 1) && Next(random, depth - 1),
            2 => Next(random, depth - 1) || Next(random, depth - 1),
            3 => Thing.Sql($"{Next(random, depth - 1)}"),
            4 => Thing.Sql($"{Next(random, depth - 1)} = {Next(random, depth - 1)} = {5}"),
            _ => Next(random, depth - 1) && (Next(random, depth - 1) || Thing.N == 1),
        };
    }

    private static string ShapeOf(Filter<Thing> filter)
    {
        var shape = new ShapeWriter(stackalloc char[4]);
        try
        {
            filter.WriteShape(ref shape);
            return shape.Written.ToString();
        }
        finally
        {
            shape.Dispose();
        }
    }
}
