using DualDb.Consistency.Events;
using DualDb.Consistency.Events.Dispatching;
using DualDb.Consistency.Tests.Events.Rig;
using DualDb.Consistency.Tests.Places;

namespace DualDb.Consistency.Tests.Events;

/// <summary>Whatever an exception says of itself is stored, and holds up nothing but its own key.</summary>
public sealed class ErrorTextTests(ConsistencyServers places)
{
    [Theory]
    [InlineData("cut")]
    [InlineData("zero")]
    [InlineData("half")]
    [InlineData("null")]
    [InlineData("throws")]
    public async Task A_failure_of_any_text_is_stored_and_the_others_flow(string kind)
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        var node = await place.StartAsync(behaviour: new Behaviour { BeforeRecording = (e, _, _) => e.Buyer == "ada" ? throw new OddException(kind) : Task.CompletedTask });
        await place.PublishAsync("ada", 1);
        await Eventually.HoldsAsync(async () => (await node.Events.DeadLetters.ListAsync()).Count == 1, "the dead letter");

        var letter = Assert.Single(await node.Events.DeadLetters.ListAsync());
        Assert.Contains(nameof(OddException), letter.Error, StringComparison.Ordinal);
        Assert.Contains(nameof(OddException), letter.FailureGroup, StringComparison.Ordinal);
        await place.PublishAsync("bob", 2);
        await Eventually.HoldsAsync(async () => await place.Db.Activities.CountAsync() == 1, "an event of another key");
    }

    [Fact]
    public void A_text_is_cut_between_characters()
    {
        // At every place a pair is cut at once in a while, whatever stands in front of it.
        foreach (var before in Enumerable.Range(0, 3))
        {
            var text = Retry.Describe(new InvalidDataException(new string('x', before) + string.Concat(Enumerable.Repeat("😀", 4000))));
            Assert.InRange(text.Length, 3990, 4000);
            Assert.DoesNotContain(text, static letter => letter is '\0');
            Assert.True(IsWhole(text));
            Assert.True(IsWhole(Retry.Group(new InvalidDataException(new string('x', before) + string.Concat(Enumerable.Repeat("😀", 4000))))));
        }
    }

    private static bool IsWhole(string text)
    {
        for (var index = 0; index < text.Length; index++)
        {
            if (char.IsHighSurrogate(text[index]) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]))
            {
                index++;
            }
            else if (char.IsSurrogate(text[index]) || text[index] == '\uFFFD')
            {
                return false;
            }
        }

        return true;
    }

    private sealed class OddException(string kind) : Exception
    {
        public override string Message => kind switch
        {
            "cut" => string.Concat(Enumerable.Repeat("😀", 4000)) + "x",
            "zero" => "before\0after",
            "half" => "\ud83d",
            "null" => null!,
            _ => throw new InvalidOperationException("no message either"),
        };
    }
}
