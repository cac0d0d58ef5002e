using System.Collections.Concurrent;
using DualDb.Consistency.Sagas.Journal;
using DualDb.Consistency.Sagas.Telemetry;

namespace DualDb.Consistency.Sagas.Running;

/// <summary>Keeps the instances that run on this node: three times within each lease, all of them with one statement, and only while there are any.</summary>
internal sealed class Leases(SagaEngine engine)
{
    private readonly ConcurrentDictionary<SagaInstance, byte> _held = [];
    private int _isRunning;

    public void Add(SagaInstance instance)
    {
        _held[instance] = 0;
        if (Interlocked.CompareExchange(ref _isRunning, 1, 0) == 0)
        {
            _ = KeepAsync();
        }
    }

    public void Remove(SagaInstance instance) => _held.TryRemove(instance, out _);

    /// <summary>Gives up everything at once: the runs end where they are.</summary>
    public async Task LoseAllAsync()
    {
        foreach (var instance in _held.Keys)
        {
            await instance.Lost.CancelAsync().ConfigureAwait(false);
        }
    }

    private async Task KeepAsync()
    {
        do
        {
            await Task.Delay(engine.Options.Lease / 3, engine.Time, CancellationToken.None).ConfigureAwait(false);
            await RenewAsync().ConfigureAwait(false);
        }
        while (!_held.IsEmpty);

        Volatile.Write(ref _isRunning, 0);

        // One that came in between found this loop still running.
        if (!_held.IsEmpty && Interlocked.CompareExchange(ref _isRunning, 1, 0) == 0)
        {
            _ = KeepAsync();
        }
    }

    private async Task RenewAsync()
    {
        var held = _held.Keys.Where(static instance => !instance.Lost.IsCancellationRequested).ToArray();
        if (held.Length == 0)
        {
            return;
        }

        var askedAt = engine.Time.GetTimestamp();
        try
        {
            var tokens = Array.ConvertAll(held, static instance => instance.Token);
            var kept = await engine.Journal.RenewAsync([.. held.Zip(tokens, static (instance, token) => (instance.Definition.Name, instance.Id, token))], CancellationToken.None).ConfigureAwait(false);
            var still = kept.ToHashSet();
            for (var index = 0; index < held.Length; index++)
            {
                await SettleAsync(held[index], tokens[index], still.Contains((held[index].Definition.Name, held[index].Id)), askedAt).ConfigureAwait(false);
            }
        }
        catch (DualDbException exception)
        {
            SagaLog.JournalLost(engine.Logger, engine.Home.Kind, exception.Message);
        }
        catch (ObjectDisposedException)
        {
            // The application has ended, and the leases end by themselves.
        }

        foreach (var instance in held.Where(static instance => !instance.Lease.IsGood))
        {
            await instance.Lost.CancelAsync().ConfigureAwait(false);
        }
    }

    private static async Task SettleAsync(SagaInstance instance, long token, bool isKept, long askedAt)
    {
        if (isKept)
        {
            instance.Lease.Renew(askedAt);
        }
        else if (token == instance.Token)
        {
            // Otherwise it has turned around while the database was asked.
            await instance.Lost.CancelAsync().ConfigureAwait(false);
        }
    }
}
