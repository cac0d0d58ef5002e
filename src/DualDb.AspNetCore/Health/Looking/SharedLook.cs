using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DualDb.AspNetCore.Health.Looking;

/// <summary>One look for all who ask at the same time, and for a while after. It belongs to nobody: one that gives up only stops waiting.</summary>
/// <param name="look">Asks.</param>
/// <param name="timeout">How long those who ask wait.</param>
/// <param name="clock">The clock.</param>
/// <param name="unexpected">What is told where it fails as nobody has foreseen.</param>
internal sealed class SharedLook(IHealthLook look, TimeSpan timeout, TimeProvider clock, UnexpectedFailures unexpected) : IHealthCheck
{
    private readonly Lock _lock = new();
    private Attempt? _attempt;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (look.Known() is { } known)
        {
            return known;
        }

        var attempt = Join();
        var left = timeout - clock.GetElapsedTime(attempt.Began);
        if (!attempt.Result.IsCompleted && left > TimeSpan.Zero)
        {
            // Waited for by the look's beginning: whoever comes late to a look that hangs is told at once.
            await ((Task)attempt.Result).WaitAsync(left, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }

        return attempt.Result.IsCompleted ? await attempt.Result.ConfigureAwait(false) : look.Late(clock.GetElapsedTime(attempt.Began));
    }

    private Attempt Join()
    {
        lock (_lock)
        {
            return _attempt is { } attempt && (!attempt.Result.IsCompleted || clock.GetElapsedTime(attempt.Ended) < look.MaxAge) ? attempt : _attempt = new Attempt(look, clock, unexpected);
        }
    }

    private sealed class Attempt
    {
        private readonly TimeProvider _clock;
        private readonly UnexpectedFailures _unexpected;
        private long _ended;

        public Attempt(IHealthLook look, TimeProvider clock, UnexpectedFailures unexpected)
        {
            (_clock, _unexpected) = (clock, unexpected);
            Began = clock.GetTimestamp();
            var patience = look.Patience;
            Result = Task.Run(() => RunAsync(look, patience));
        }

        public long Began { get; }

        public long Ended => Volatile.Read(ref _ended);

        public Task<HealthCheckResult> Result { get; }

        private async Task<HealthCheckResult> RunAsync(IHealthLook look, TimeSpan patience)
        {
            using var deadline = new CancellationTokenSource(patience, _clock);
            try
            {
                return await look.LookAsync(deadline.Token).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is DualDbException or OperationCanceledException)
            {
                return HealthCheckResult.Unhealthy(exception is DualDbException ? exception.Message : $"There was no answer within {patience.TotalSeconds:0.#} s.", exception as DualDbException);
            }
            catch (Exception failure)
            {
                return _unexpected.Tell(failure);
            }
            finally
            {
                Volatile.Write(ref _ended, _clock.GetTimestamp());
            }
        }
    }
}
