using System.Threading.Channels;

namespace DualDb.AspNetCore.Dashboard.Live;

/// <summary>Somebody who looks at a page. So few pages wait for him that one who does not read costs next to nothing; when they are full, he is dropped.</summary>
internal sealed class Viewer
{
    private const int Waiting = 3;

    private readonly Channel<Snapshot> _pages = Channel.CreateBounded<Snapshot>(new BoundedChannelOptions(Waiting) { SingleReader = true, SingleWriter = true });
    private readonly TaskCompletionSource _dropped = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What to send him.</summary>
    public ChannelReader<Snapshot> Pages => _pages.Reader;

    /// <summary>Ends when he is dropped.</summary>
    public Task Dropped => _dropped.Task;

    /// <summary>Gives him a page.</summary>
    /// <returns>False where he has not taken the earlier ones; he is dropped.</returns>
    public bool Give(Snapshot page)
    {
        if (_pages.Writer.TryWrite(page))
        {
            return true;
        }

        _dropped.TrySetResult();
        return false;
    }
}
