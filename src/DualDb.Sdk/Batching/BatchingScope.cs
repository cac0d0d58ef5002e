using DualDb.Batching;
using DualDb.Sql;

namespace DualDb;

/// <summary>
/// While it is open, <c>FindAsync</c> and <c>GetAsync</c> calls of one root's repositories do not go out one by one: those that are made before
/// the calling code gives up control, which is where it awaits, are answered by one statement per entity.
/// </summary>
/// <remarks>
/// <para>For code that cannot know its keys beforehand: resolvers, loops over independent tasks. Nothing waits for a timer. Calls inside a
/// transaction are never batched, nor are those of another root; a scope inside another one answers for itself.</para>
/// <para>Callers who ask for the same key receive the same object.</para>
/// <para>Code that blocks its thread on such a call (<c>.Result</c>, <c>.Wait()</c>) never gives up control, so that nothing is sent
/// and it waits for ever. Await instead.</para>
/// </remarks>
public sealed class BatchingScope : IAsyncDisposable
{
    private readonly PostgresDatabase _neon;
    private readonly PostgresDatabase _supabase;
    private readonly Lock _lock = new();

    /// <summary>By the thread that makes the calls: one that gives up control must not send what another is still in the midst of calling for.</summary>
    private readonly Dictionary<int, Dictionary<StatementExecutor, Batch>> _pending = [];
    private TaskCompletionSource? _idle;
    private int _underWay;
    private volatile bool _closed;

    private BatchingScope(PostgresDatabase neon, PostgresDatabase supabase, BatchingScope? outer)
    {
        _neon = neon;
        _supabase = supabase;
        Outer = outer;
    }

    /// <summary>The scope that was current when this one began; null where none was.</summary>
    internal BatchingScope? Outer { get; }

    /// <summary>Begins a scope, current in the calling method and in what it calls and awaits from now on. Dispose of it in the same method.</summary>
    /// <param name="neon">The root's Neon database.</param>
    /// <param name="supabase">The root's Supabase database.</param>
    public static BatchingScope Begin(NeonDatabase neon, SupabaseDatabase supabase)
    {
        ArgumentNullException.ThrowIfNull(neon);
        ArgumentNullException.ThrowIfNull(supabase);
        var scope = new BatchingScope(neon, supabase, BatchingFlow.Innermost);
        BatchingFlow.Enter(scope);
        return scope;
    }

    /// <summary>Sends what is pending, and ends the scope; later calls go out by themselves. Returns when the statements under way are answered.</summary>
    // Not an async method: what one changes about the flow would end with it.
    public ValueTask DisposeAsync()
    {
        bool first;
        lock (_lock)
        {
            first = !_closed;
            _closed = true;
        }

        if (first)
        {
            BatchingFlow.Leave(this);
            DispatchAll();
        }

        lock (_lock)
        {
            if (_underWay == 0)
            {
                return ValueTask.CompletedTask;
            }

            _idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return new ValueTask(_idle.Task);
        }
    }

    /// <summary>Whether calls to a database are this scope's to answer.</summary>
    internal bool Answers(PostgresDatabase database) => !_closed && (database == _neon || database == _supabase);

    /// <summary>Adds a call to the pending batch of its entity.</summary>
    /// <typeparam name="TBatch">The batch of the entity.</typeparam>
    /// <typeparam name="TCall">The call.</typeparam>
    /// <param name="executor">Which entity: every repository has an executor of its own.</param>
    /// <param name="create">Makes the batch where none is pending.</param>
    /// <param name="add">Adds the call.</param>
    /// <returns>The call, or null where the scope was closed meanwhile.</returns>
    internal TCall? Add<TBatch, TCall>(StatementExecutor executor, Func<BatchingScope, StatementExecutor, TBatch> create, Func<TBatch, TCall> add)
        where TBatch : Batch
        where TCall : class
    {
        lock (_lock)
        {
            if (_closed)
            {
                return null;
            }

            var thread = Environment.CurrentManagedThreadId;
            if (!_pending.TryGetValue(thread, out var batches))
            {
                _pending.Add(thread, batches = []);
            }

            if (!batches.TryGetValue(executor, out var batch))
            {
                batches.Add(executor, batch = create(this, executor));
            }

            return add((TBatch)batch);
        }
    }

    /// <summary>Sends what this thread has called for. Only queues the work, so that it may be called where nothing may fail or take long.</summary>
    internal void Dispatch()
    {
        lock (_lock)
        {
            if (_pending.Remove(Environment.CurrentManagedThreadId, out var batches))
            {
                Queue(batches.Values);
            }
        }
    }

    /// <summary>A batch has its answer, and its connection is back in the pool.</summary>
    internal void Answered()
    {
        lock (_lock)
        {
            _underWay--;
            if (_underWay == 0)
            {
                _idle?.TrySetResult();
            }
        }
    }

    private void DispatchAll()
    {
        lock (_lock)
        {
            foreach (var batches in _pending.Values)
            {
                Queue(batches.Values);
            }

            _pending.Clear();
        }
    }

    private void Queue(IEnumerable<Batch> batches)
    {
        foreach (var batch in batches)
        {
            _underWay++;
            ThreadPool.UnsafeQueueUserWorkItem(batch, preferLocal: false);
        }
    }
}
