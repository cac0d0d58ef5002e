namespace DualDb.Testing.Proxying;

/// <summary>The way back. A reply that runs into the trap is swallowed, and the connection with it.</summary>
internal sealed class ServerToClient(ProxyState state, ReplyTrap trap) : LineRules(state)
{
    public override void Received(int length)
    {
        if (trap.IsSet)
        {
            State.CountDroppedReply();
            throw new ConnectionCutException();
        }

        trap.Held?.Arrive();
    }

    public override async Task WaitAsync(long due, CancellationToken cancellationToken)
    {
        await base.WaitAsync(due, cancellationToken).ConfigureAwait(false);
        if (trap.Held is { } held)
        {
            await held.Released.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public override void Sent(int length) => State.CountBytesToClient(length);
}
