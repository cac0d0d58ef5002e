namespace DualDb.Testing.Proxying;

/// <summary>What one direction of a connection does to the data that passes.</summary>
internal abstract class LineRules(ProxyState state)
{
    protected ProxyState State { get; } = state;

    /// <summary>Called for every arrival; throws <see cref="ConnectionCutException"/> to end the connection instead of passing it on.</summary>
    public abstract void Received(int length);

    /// <summary>Called for every chunk that was passed on.</summary>
    public abstract void Sent(int length);

    /// <summary>The timestamp at which data that arrives now is to be passed on: half of the round trip's delay from now.</summary>
    public long Due()
    {
        var half = State.Delay / 2;
        return State.Time.GetTimestamp() + (long)(half.TotalSeconds * State.Time.TimestampFrequency);
    }

    /// <summary>Waits until the timestamp, and as long as the proxy is paused.</summary>
    public virtual async Task WaitAsync(long due, CancellationToken cancellationToken)
    {
        var left = State.Time.GetElapsedTime(State.Time.GetTimestamp(), due);
        if (left > TimeSpan.Zero)
        {
            await Task.Delay(left, State.Time, cancellationToken).ConfigureAwait(false);
        }

        await State.Gate.PassAsync(cancellationToken).ConfigureAwait(false);
    }
}
