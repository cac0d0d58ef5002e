namespace DualDb.Testing.Proxying;

/// <summary>Set by one direction of a connection, sprung by the other.</summary>
internal sealed class ReplyTrap
{
    private volatile bool _isSet;

    public bool IsSet => _isSet;

    public void Set() => _isSet = true;

    /// <summary>The reply to be held; null where none is.</summary>
    public HeldReply? Held { get; private set; }

    /// <summary>Holds what comes back from now on.</summary>
    public void Hold(HeldReply held) => Held = held;
}
