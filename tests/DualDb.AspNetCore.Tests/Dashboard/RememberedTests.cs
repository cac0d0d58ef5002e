using DualDb.AspNetCore.Dashboard.Sections.Shared;

namespace DualDb.AspNetCore.Tests.Dashboard;

/// <summary>Answers that take longer than a page may wait.</summary>
public sealed class RememberedTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    private readonly List<TaskCompletionSource<string>> _asked = [];

    [Fact]
    public async Task It_is_asked_once_however_often_those_who_wait_give_up()
    {
        var remembered = new Remembered<string>(TimeProvider.System, Long, Long);
        using var gone = new CancellationTokenSource();
        var first = remembered.AskAsync(Ask, gone.Token);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);

        var (second, third) = (remembered.AskAsync(Ask, CancellationToken.None), remembered.AskAsync(Ask, CancellationToken.None));
        await AskedAsync(1);
        _asked[0].SetResult("slow");

        Assert.Equal(("slow", "slow", "slow"), (await second, await third, await remembered.AskAsync(Ask, CancellationToken.None)));
        Assert.Single(_asked);
    }

    [Fact]
    public async Task The_one_before_is_told_while_it_is_asked_anew()
    {
        var remembered = new Remembered<string>(TimeProvider.System, TimeSpan.Zero, Long);
        var first = remembered.AskAsync(Ask, CancellationToken.None);
        await AskedAsync(1);
        _asked[0].SetResult("old");
        Assert.Equal("old", await first);

        Assert.Equal(("old", "old"), (await remembered.AskAsync(Ask, CancellationToken.None), await remembered.AskAsync(Ask, CancellationToken.None)));
        await AskedAsync(2);
        _asked[1].SetException(new InvalidOperationException("away"));

        // What fails is told, and asked anew.
        for (var attempt = 2; ; attempt++)
        {
            var next = remembered.AskAsync(Ask, CancellationToken.None);
            if (next.IsCompletedSuccessfully)
            {
                await Task.Yield();
                continue;
            }

            await AskedAsync(3);
            _asked[2].SetException(new InvalidOperationException("away"));
            await Assert.ThrowsAsync<InvalidOperationException>(() => next);
            break;
        }
    }

    [Fact]
    public async Task What_was_asked_before_it_was_forgotten_is_not_kept()
    {
        var remembered = new Remembered<string>(TimeProvider.System, Long, Long);
        var before = remembered.AskAsync(Ask, CancellationToken.None);
        await AskedAsync(1);
        remembered.Forget();
        var after = remembered.AskAsync(Ask, CancellationToken.None);
        await AskedAsync(2);
        _asked[1].SetResult("new");
        Assert.Equal("new", await after);
        _asked[0].SetResult("old");
        Assert.Equal("old", await before);

        Assert.Equal("new", await remembered.AskAsync(Ask, CancellationToken.None));
    }

    private Task<string> Ask(CancellationToken cancellationToken)
    {
        lock (_asked)
        {
            _asked.Add(new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously));
            return _asked[^1].Task;
        }
    }

    private async Task AskedAsync(int times)
    {
        for (var deadline = DateTime.UtcNow.AddSeconds(60); ;)
        {
            lock (_asked)
            {
                if (_asked.Count >= times)
                {
                    return;
                }
            }

            Assert.True(DateTime.UtcNow < deadline, $"never asked for the {times}. time");
            await Task.Yield();
        }
    }
}
