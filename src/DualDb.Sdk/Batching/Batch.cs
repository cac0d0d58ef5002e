namespace DualDb.Batching;

/// <summary>Calls that are answered together, and the work of answering them.</summary>
/// <param name="scope">The scope that they were made in.</param>
internal abstract class Batch(BatchingScope scope) : IThreadPoolWorkItem
{
    /// <summary>The flow of the first caller: traces and whatever else follows the flow see the statement where the call was made. Null where flowing is suppressed.</summary>
    private readonly ExecutionContext? _flow = ExecutionContext.Capture();

    /// <summary>The scope that the calls were made in.</summary>
    protected BatchingScope Scope => scope;

    /// <inheritdoc/>
    public void Execute()
    {
        if (_flow is null)
        {
            Start(this);
        }
        else
        {
            ExecutionContext.Run(_flow, Start, this);
        }
    }

    /// <summary>A caller no longer waits.</summary>
    public abstract void Abandon();

    /// <summary>Asks the database and answers every call. Never fails: failures are the callers'.</summary>
    protected abstract Task AnswerAsync();

    private static void Start(object? state)
    {
        BatchingFlow.Step();
        _ = ((Batch)state!).AnswerAsync();
    }
}
