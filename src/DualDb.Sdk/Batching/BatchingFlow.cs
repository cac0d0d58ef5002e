namespace DualDb.Batching;

/// <summary>
/// Knows the current scope of the async flow, and when control leaves it: the runtime tells whenever a thread exchanges the execution context that holds
/// the scope for one that does not, which happens at the latest when the code under it awaits something unfinished. So the end of "all calls made at once"
/// is an event, not a guess.
/// </summary>
internal static class BatchingFlow
{
    private static readonly AsyncLocal<BatchingScope?> Current = new(OnChanged);

    /// <summary>How many scopes are open anywhere: while none is, a call pays for reading this and nothing else.</summary>
    private static volatile int _open;

    [ThreadStatic]
    private static int _held;

    [ThreadStatic]
    private static List<BatchingScope>? _left;

    /// <summary>The innermost scope of the flow, closed or not; null outside of all.</summary>
    public static BatchingScope? Innermost => Current.Value;

    /// <summary>The innermost open scope that answers calls to a database; null where there is none.</summary>
    public static BatchingScope? Over(PostgresDatabase database) => _open == 0 ? null : Find(database);

    /// <summary>Makes a scope the current one.</summary>
    public static void Enter(BatchingScope scope)
    {
        Interlocked.Increment(ref _open);
        Current.Value = scope;
    }

    /// <summary>Ends a scope, and makes the one around it current again; but not where the flow has gone on to another one.</summary>
    public static void Leave(BatchingScope scope)
    {
        Interlocked.Decrement(ref _open);
        if (Current.Value == scope)
        {
            Current.Value = scope.Outer;
        }
    }

    /// <summary>Takes the flow out of every scope, for the SDK's own work.</summary>
    public static void Step() => Current.Value = null;

    /// <summary>
    /// Runs an action during which this thread sends nothing, and sends afterwards what was called for meanwhile. Answers are handed out in it, one caller after
    /// the other: what the callers ask for next is then one batch again.
    /// </summary>
    public static void Hold<TState>(Action<TState> action, TState state)
    {
        _held++;
        try
        {
            action(state);
        }
        finally
        {
            _held--;
            if (_held == 0 && _left is { } left)
            {
                _left = null;
                left.ForEach(static scope => scope.Dispatch());
            }
        }
    }

    private static BatchingScope? Find(PostgresDatabase database)
    {
        var scope = Current.Value;
        while (scope is not null && !scope.Answers(database))
        {
            scope = scope.Outer;
        }

        return scope;
    }

    // The runtime ends the process when this throws.
    private static void OnChanged(AsyncLocalValueChangedArgs<BatchingScope?> change)
    {
        // A value that is set on the spot is a beginning or a disposal: control stays.
        if (!change.ThreadContextChanged)
        {
            return;
        }

        for (var scope = change.PreviousValue; scope is not null && !IsWithin(change.CurrentValue, scope); scope = scope.Outer)
        {
            if (_held == 0)
            {
                scope.Dispatch();
            }
            else if (_left is null || !_left.Contains(scope))
            {
                (_left ??= []).Add(scope);
            }
        }
    }

    private static bool IsWithin(BatchingScope? inner, BatchingScope scope)
    {
        while (inner is not null && inner != scope)
        {
            inner = inner.Outer;
        }

        return inner is not null;
    }
}
