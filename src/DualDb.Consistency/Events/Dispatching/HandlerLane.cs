namespace DualDb.Consistency.Events.Dispatching;

/// <summary>
/// The deliveries of one subscription: those of one key one after another, those of different keys side by side, many in one transaction where they are waiting anyway. A batch that fails is put back
/// and goes on one by one, so that an event that fails, or hangs, holds up its own key alone.
/// </summary>
internal sealed class HandlerLane
{
    private readonly Subscription _subscription;
    private readonly DeliveryRun _run;
    private readonly BlockedKeys _blocked;
    private readonly ConcurrencyLimit _limit;
    private readonly TimeProvider _clock;
    private readonly CancellationToken _stopping;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, KeyQueue> _keys = new(StringComparer.Ordinal);
    private Queue<KeyQueue> _line = [];
    private readonly HashSet<Task> _workers = [];
    private int _ready;

    public HandlerLane(Subscription subscription, DeliveryRun run, BlockedKeys blocked, ConcurrencyLimit limit, TimeProvider clock, CancellationToken stopping)
    {
        _subscription = subscription;
        _run = run;
        _blocked = blocked;
        _limit = limit;
        _clock = clock;
        _stopping = stopping;
        limit.Join(this);
    }

    /// <summary>Takes a delivery; <see cref="Delivery.End"/> is told how it ended.</summary>
    public void Enqueue(Delivery delivery)
    {
        lock (_gate)
        {
            // Asked under the lock, under which a key is released that has failed: in between it would be neither busy nor known to be blocked.
            if (delivery.IsRetry || !_blocked.Contains(_subscription.Name, delivery.Key))
            {
                var queue = QueueOf(delivery.Key);
                queue.Add(delivery);
                _ready++;
                PutInLine(queue);
                return;
            }
        }

        End(delivery, Outcome.Waiting);
    }

    /// <summary>Waits until what was begun has ended, and gives up what was not. No more may be taken by then.</summary>
    public async Task DrainAsync()
    {
        while (Workers() is { Length: > 0 } workers)
        {
            await Task.WhenAll(workers).ConfigureAwait(false);
        }

        // What waited for a place that the other database's lane had.
        foreach (var delivery in Clear())
        {
            End(delivery, Outcome.Abandoned);
        }
    }

    /// <summary>
    /// Writes down what no worker has come to for a while, to be read again later, so that a handler that hangs, or whose database is away, does not take the room of all others. A key goes as a whole and
    /// never while something of it is being handled: nothing overtakes. On the thread that enqueues.
    /// </summary>
    public void Postpone(TimeSpan patience)
    {
        var postponed = new List<Delivery>();
        lock (_gate)
        {
            var remaining = new Queue<KeyQueue>();
            foreach (var queue in _line)
            {
                if (queue.HasRetry || _clock.GetElapsedTime(queue.InLineSince) < patience)
                {
                    remaining.Enqueue(queue);
                    continue;
                }

                _ready -= queue.Count;
                postponed.AddRange(queue.Clear());
                queue.IsInLine = false;
                if (queue.Key is { } key)
                {
                    _keys.Remove(key);
                }
            }

            _line = remaining;
        }

        foreach (var delivery in postponed)
        {
            End(delivery, Outcome.Waiting);
        }
    }

    /// <summary>Goes on where a place has become free.</summary>
    public void Resume()
    {
        lock (_gate)
        {
            StartWorkers();
        }
    }

    // After each batch the place is offered to the lane of the other database: with one place for both, the busier one would keep it.
    private async Task WorkAsync()
    {
        while (Take() is { Count: > 0 } batch)
        {
            await RunAsync(batch).ConfigureAwait(false);
            _limit.Leave();
            _limit.Offer(this);
            if (!_limit.TryEnter())
            {
                // Whoever took the place offers it in turn.
                return;
            }
        }

        _limit.Offer(this);
    }

    private async Task RunAsync(List<(KeyQueue Queue, Delivery Delivery)> batch)
    {
        Delivery[] deliveries = [.. batch.Select(static taken => taken.Delivery)];
        var hasFailed = false;
        if (deliveries.Length == 1)
        {
            var outcome = await _run.RunOneAsync(_subscription, deliveries[0], _stopping).ConfigureAwait(false);
            hasFailed = outcome.Kind is OutcomeKind.Failed;
            End(deliveries[0], outcome);
        }
        else if (await _run.TryTogetherAsync(_subscription, deliveries, _stopping).ConfigureAwait(false))
        {
            foreach (var delivery in deliveries)
            {
                End(delivery, Outcome.Handled);
            }
        }
        else
        {
            PutBack(batch);
        }

        Release(batch, hasFailed);
    }

    // A share of what is ready, so that a few events do not queue behind each other in one transaction while workers idle.
    private List<(KeyQueue Queue, Delivery Delivery)> Take()
    {
        var batch = new List<(KeyQueue, Delivery)>();
        lock (_gate)
        {
            var size = _subscription.Options.Target is null ? 1 : Math.Clamp(_ready / (_limit.Free + 1), 1, _subscription.Options.BatchSize);
            while (batch.Count < size && _line.TryPeek(out var queue) && (batch.Count == 0 || !queue.First!.IsAlone))
            {
                _line.Dequeue();
                (queue.IsInLine, queue.IsBusy) = (false, true);
                do
                {
                    batch.Add((queue, queue.Take()));
                    _ready--;
                }
                while (batch.Count < size && queue.First is { IsAlone: false } && !batch[0].Item2.IsAlone);

                if (batch[0].Item2.IsAlone)
                {
                    break;
                }
            }

            if (batch.Count == 0)
            {
                // Under the lock: whoever puts something in line right afterwards finds the place free.
                _limit.Leave();
            }
        }

        return batch;
    }

    private void PutBack(List<(KeyQueue Queue, Delivery Delivery)> batch)
    {
        lock (_gate)
        {
            for (var index = batch.Count - 1; index >= 0; index--)
            {
                batch[index].Queue.PutBack(batch[index].Delivery with { IsAlone = true });
                _ready++;
            }
        }
    }

    /// <summary>
    /// Lets the keys go on. What stands behind one that has failed just now waits; it is not asked whether the key is blocked, since every key whose deliveries are due again is, and those that were put
    /// back have not had their own attempt yet.
    /// </summary>
    private void Release(List<(KeyQueue Queue, Delivery Delivery)> batch, bool hasFailed)
    {
        lock (_gate)
        {
            foreach (var queue in batch.Select(static taken => taken.Queue).Distinct())
            {
                queue.IsBusy = false;
                if (hasFailed && queue is { Count: > 0, Key: not null })
                {
                    _ready -= queue.Count;

                    // Under the lock: what is enqueued from now on finds the key blocked, and must not be written before these.
                    foreach (var delivery in queue.Clear())
                    {
                        End(delivery, Outcome.Waiting);
                    }
                }

                if (queue.Count > 0)
                {
                    PutInLine(queue);
                }
                else if (queue.Key is { } key)
                {
                    _keys.Remove(key);
                }
            }
        }
    }

    private void End(Delivery delivery, Outcome outcome)
    {
        if (outcome.Kind is not (OutcomeKind.Failed or OutcomeKind.Waiting))
        {
            delivery.End(delivery, outcome);
            return;
        }

        // Counted before it is on its way, since it may arrive at once; shown only then, since what finds the key blocked is written without waiting for anything, and must not be written first. And
        // before the key is released: what follows of it must find it blocked.
        _blocked.Expect(_subscription.Name, delivery.Key, delivery.IsRetry);
        delivery.End(delivery, outcome);
        _blocked.Show(_subscription.Name, delivery.Key);
    }

    private KeyQueue QueueOf(string? key)
    {
        if (key is null)
        {
            return new KeyQueue(key: null);
        }

        if (!_keys.TryGetValue(key, out var queue))
        {
            _keys.Add(key, queue = new KeyQueue(key));
        }

        return queue;
    }

    private void PutInLine(KeyQueue queue)
    {
        if (queue.IsBusy || queue.IsInLine)
        {
            return;
        }

        (queue.IsInLine, queue.InLineSince) = (true, _clock.GetTimestamp());
        _line.Enqueue(queue);
        StartWorkers();
    }

    // As many as there are places, and keys in line.
    private void StartWorkers()
    {
        for (var waiting = _line.Count; waiting > 0 && _limit.TryEnter(); waiting--)
        {
            var worker = Task.Run(WorkAsync, CancellationToken.None);
            _workers.Add(worker);
            _ = worker.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    private Task[] Workers()
    {
        lock (_gate)
        {
            return [.. _workers];
        }
    }

    private List<Delivery> Clear()
    {
        lock (_gate)
        {
            List<Delivery> all = [.. _line.SelectMany(static queue => queue.Clear())];
            _line.Clear();
            return all;
        }
    }

    private void Forget(Task worker)
    {
        lock (_gate)
        {
            _workers.Remove(worker);
        }
    }
}
