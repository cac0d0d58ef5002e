using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;

namespace DualDb.Testing.Tests.Proxy;

/// <summary>The line itself, on a clock that only the test moves.</summary>
public sealed class DelayTests
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Half_the_delay_is_spent_on_each_way()
    {
        await using var peer = await Peer.ConnectAsync(_time);
        peer.Proxy.Delay = TimeSpan.FromMilliseconds(100);

        await peer.Client.SendAsync(new byte[] { 1 }, Sql.Token);
        Assert.True(await AdvanceUntilAsync(Peer.ReadAsync(peer.Server, 1)) >= TimeSpan.FromMilliseconds(50));
        await peer.Server.SendAsync(new byte[] { 2 }, Sql.Token);
        Assert.True(await AdvanceUntilAsync(Peer.ReadAsync(peer.Client, 1)) >= TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public async Task Without_delay_the_clock_need_not_move()
    {
        await using var peer = await Peer.ConnectAsync(_time);
        await peer.Client.SendAsync(new byte[] { 1, 2, 3 }, Sql.Token);
        Assert.Equal([1, 2, 3], await Peer.ReadAsync(peer.Server, 3));
    }

    [Fact]
    public async Task Data_under_way_do_not_wait_for_each_other()
    {
        await using var peer = await Peer.ConnectAsync(_time);
        peer.Proxy.Delay = TimeSpan.FromSeconds(2);
        var data = new byte[2 * 1024 * 1024];
        Random.Shared.NextBytes(data);

        // At least 128 chunks of a second each: more than two minutes if they queued behind each other's delay.
        var sending = SendAllAsync(peer.Client, data);
        var reading = Peer.ReadAsync(peer.Server, data.Length);
        var taken = await AdvanceUntilAsync(reading);
        await sending;

        Assert.Equal(data, await reading);
        Assert.InRange(taken, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task The_end_of_one_direction_passes_and_the_other_stays_open()
    {
        await using var peer = await Peer.ConnectAsync(_time);
        await peer.Client.SendAsync(new byte[] { 1 }, Sql.Token);
        peer.Client.Shutdown(SocketShutdown.Send);

        Assert.Equal([1], await Peer.ReadAsync(peer.Server, 2));
        await peer.Server.SendAsync(new byte[] { 2, 3 }, Sql.Token);
        Assert.Equal([2, 3], await Peer.ReadAsync(peer.Client, 2));
    }

    [Fact]
    public async Task A_cut_is_a_reset_at_both_ends()
    {
        await using var peer = await Peer.ConnectAsync(_time);
        await peer.Proxy.CutAsync();

        foreach (var socket in new[] { peer.Client, peer.Server })
        {
            var reset = await Assert.ThrowsAsync<SocketException>(() => Peer.ReadAsync(socket, 1));
            Assert.Equal(SocketError.ConnectionReset, reset.SocketErrorCode);
        }
    }

    [Fact]
    public async Task A_broken_end_is_a_reset_at_the_other()
    {
        await using var peer = await Peer.ConnectAsync(_time);
        peer.Server.LingerState = new LingerOption(enable: true, seconds: 0);
        peer.Server.Close();

        await Assert.ThrowsAsync<SocketException>(() => Peer.ReadAsync(peer.Client, 1));
    }

    [Fact]
    public async Task Disposal_resets_connections_and_frees_the_port()
    {
        await using var peer = await Peer.ConnectAsync(_time);
        await peer.Proxy.DisposeAsync();

        await Assert.ThrowsAsync<SocketException>(() => Peer.ReadAsync(peer.Client, 1));
        using var next = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        var refused = await Assert.ThrowsAsync<SocketException>(async () => await next.ConnectAsync(peer.Proxy.Host, peer.Proxy.Port, Sql.Token));
        Assert.Equal(SocketError.ConnectionRefused, refused.SocketErrorCode);
    }

    [Fact]
    public async Task Only_the_reply_to_the_next_request_is_dropped()
    {
        await using var peer = await Peer.ConnectAsync(_time);
        peer.Proxy.DropNextReply();

        // No request came before it, so that this is no reply.
        await peer.Server.SendAsync(new byte[] { 9 }, Sql.Token);
        Assert.Equal([9], await Peer.ReadAsync(peer.Client, 1));

        await peer.Client.SendAsync(new byte[] { 1 }, Sql.Token);
        Assert.Equal([1], await Peer.ReadAsync(peer.Server, 1));
        await peer.Server.SendAsync(new byte[] { 2 }, Sql.Token);
        await Assert.ThrowsAsync<SocketException>(() => Peer.ReadAsync(peer.Client, 1));
        Assert.Equal(1, peer.Proxy.DroppedReplies);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(-10_000)]
    public async Task A_negative_delay_is_refused(int milliseconds)
    {
        await using var proxy = await LatencyProxy.StartAsync("127.0.0.1", 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => proxy.Delay = TimeSpan.FromMilliseconds(milliseconds));
        Assert.Equal(TimeSpan.Zero, proxy.Delay);
    }

    private static async Task SendAllAsync(Socket socket, ReadOnlyMemory<byte> data)
    {
        while (!data.IsEmpty)
        {
            data = data[await socket.SendAsync(data, Sql.Token)..];
        }
    }

    /// <summary>Moves the clock step by step until the task is done, and says how far it moved.</summary>
    private async Task<TimeSpan> AdvanceUntilAsync(Task task)
    {
        var start = _time.GetTimestamp();
        await Condition.HoldsAsync(
            () =>
            {
                var done = task.IsCompleted;
                if (!done)
                {
                    _time.Advance(Step);
                }

                return done;
            },
            () => "The data did not arrive, however far the clock moved.");
        await task;
        return _time.GetElapsedTime(start);
    }
}
