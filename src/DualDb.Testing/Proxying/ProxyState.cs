namespace DualDb.Testing.Proxying;

/// <summary>What all connections of a proxy share: its settings, which may change at any time, and its counters.</summary>
internal sealed class ProxyState(TimeProvider time)
{
    private long _delayTicks;
    private int _dropOrder;
    private HeldReply? _holdOrder;
    private volatile bool _refuses;
    private long _accepted;
    private long _refused;
    private long _droppedReplies;
    private long _bytesToServer;
    private long _bytesToClient;

    public TimeProvider Time { get; } = time;

    public Gate Gate { get; } = new();

    public TimeSpan Delay
    {
        get => TimeSpan.FromTicks(Interlocked.Read(ref _delayTicks));
        set => Interlocked.Exchange(ref _delayTicks, value.Ticks);
    }

    public bool Refuses
    {
        get => _refuses;
        set => _refuses = value;
    }

    public long Accepted => Interlocked.Read(ref _accepted);

    public long Refused => Interlocked.Read(ref _refused);

    public long DroppedReplies => Interlocked.Read(ref _droppedReplies);

    public long BytesToServer => Interlocked.Read(ref _bytesToServer);

    public long BytesToClient => Interlocked.Read(ref _bytesToClient);

    public void OrderDrop() => Interlocked.Exchange(ref _dropOrder, 1);

    public bool TryTakeDropOrder() => Interlocked.Exchange(ref _dropOrder, 0) == 1;

    public void WithdrawDrop() => Interlocked.Exchange(ref _dropOrder, 0);

    public void OrderHold(HeldReply held) => Interlocked.Exchange(ref _holdOrder, held);

    public HeldReply? TryTakeHoldOrder() => Interlocked.Exchange(ref _holdOrder, null);

    public void CountAccepted() => Interlocked.Increment(ref _accepted);

    public void CountRefused() => Interlocked.Increment(ref _refused);

    public void CountDroppedReply() => Interlocked.Increment(ref _droppedReplies);

    public void CountBytesToServer(int length) => Interlocked.Add(ref _bytesToServer, length);

    public void CountBytesToClient(int length) => Interlocked.Add(ref _bytesToClient, length);
}
