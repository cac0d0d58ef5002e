namespace DualDb.Testing.Proxying;

/// <summary>The way to the server. The first request after "drop" or "hold the next reply" chooses its connection as the one to suffer.</summary>
internal sealed class ClientToServer(ProxyState state, ReplyTrap trap) : LineRules(state)
{
    public override void Received(int length)
    {
        if (State.TryTakeDropOrder())
        {
            trap.Set();
        }

        if (State.TryTakeHoldOrder() is { } held)
        {
            trap.Hold(held);
        }
    }

    public override void Sent(int length) => State.CountBytesToServer(length);
}
