namespace DualDb.Testing.Proxying;

/// <summary>The way to the server. The first request after "drop the next reply" chooses its connection as the one to suffer.</summary>
internal sealed class ClientToServer(ProxyState state, ReplyTrap trap) : LineRules(state)
{
    public override void Received(int length)
    {
        if (State.TryTakeDropOrder())
        {
            trap.Set();
        }
    }

    public override void Sent(int length) => State.CountBytesToServer(length);
}
