namespace DualDb.Testing.Proxying;

/// <summary>Set by one direction of a connection, sprung by the other.</summary>
internal sealed class ReplyTrap
{
    private volatile bool _isSet;

    public bool IsSet => _isSet;

    public void Set() => _isSet = true;
}
