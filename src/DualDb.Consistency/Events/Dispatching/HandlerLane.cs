namespace DualDb.Consistency.Events.Dispatching;

/// <summary>
/// The deliveries of one subscription: those of one key one after another, those of different keys side by side, many in one transaction where they are waiting anyway. A batch that fails is put back
/// and goes on one by one, so that an event that fails, or hangs, holds up its own key alone.
/// </summary>
internal sealed class HandlerLane(Subscription subscription, DeliveryRun run, BlockedKeys blocked, int concurrency, CancellationToken stopping)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, KeyQueue> _keys = new(StringComparer.Ordinal);
    private readonly Queue<KeyQueue> _line = [];
    private readonly HashSet<Task> _workers = [];
    private int _ready;
    private int _working;

    private int Concurrency { get; } = subscription.Options.MaxConcurrency is > 0 and var own ? Math.Min(own, concurrency) : concurrency;

    /// <summary>Takes a delivery; <see cref="Delivery.End"/> is told how it ended.</summary>
    public void Enqueue(Delivery delivery)
    {
        lock (_gate)
        {
            // Asked under the lock, under which a key is released that has failed: in between it would be neither busy nor known to be blocked.
            if (delivery.IsRetry || !blocked.Contains(subscription.Name, delivery.Key))
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

    /// <summary>Waits until what was begun has ended. No more may be taken by then.</summary>
    public async Task DrainAsync()
    {
        while (true)
        {
            Task[] workers;
            lock (_gate)
            {
                workers = [.. _workers];
            }

            if (workers.Length == 0)
            {
                return;
            }

            await Task.WhenAll(workers).ConfigureAwait(false);
        }
    }

    private async Task WorkAsync()
    {
        while (Take() is { Count: > 0 } batch)
        {
            await RunAsync(batch).ConfigureAwait(false);
        }
    }

    private async Task RunAsync(List<(KeyQueue Queue, Delivery Delivery)> batch)
    {
        Delivery[] deliveries = [.. batch.Select(static taken => taken.Delivery)];
        var hasFailed = false;
        if (deliveries.Length == 1)
        {
            var outcome = await run.RunOneAsync(subscription, deliveries[0], stopping).ConfigureAwait(false);
            hasFailed = outcome.Kind is OutcomeKind.Failed;
            End(deliveries[0], outcome);
        }
        else if (await run.TryTogetherAsync(subscription, deliveries, stopping).ConfigureAwait(false))
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
            var size = subscription.Options.Target is null ? 1 : Math.Clamp(_ready / Math.Max(1, Concurrency - _working + 1), 1, subscription.Options.BatchSize);
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
                _working--;
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
        var behind = new List<Delivery>();
        lock (_gate)
        {
            foreach (var queue in batch.Select(static taken => taken.Queue).Distinct())
            {
                queue.IsBusy = false;
                if (hasFailed && queue is { Count: > 0, Key: not null })
                {
                    _ready -= queue.Count;
                    behind.AddRange(queue.Clear());
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

        foreach (var delivery in behind)
        {
            End(delivery, Outcome.Waiting);
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
        blocked.Expect(subscription.Name, delivery.Key, delivery.IsRetry);
        delivery.End(delivery, outcome);
        blocked.Show(subscription.Name, delivery.Key);
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

        queue.IsInLine = true;
        _line.Enqueue(queue);
        if (_working < Concurrency)
        {
            _working++;
            StartWorker();
        }
    }

    private void StartWorker()
    {
        var worker = Task.Run(WorkAsync, CancellationToken.None);
        _workers.Add(worker);
        _ = worker.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private void Forget(Task worker)
    {
        lock (_gate)
        {
            _workers.Remove(worker);
        }
    }
}
