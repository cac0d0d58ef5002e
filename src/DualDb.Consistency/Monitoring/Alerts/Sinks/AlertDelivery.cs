using System.Threading.Channels;
using DualDb.Consistency.Monitoring.Running;
using Microsoft.Extensions.Logging;

namespace DualDb.Consistency.Monitoring.Alerts.Sinks;

/// <summary>Gives alerts to one sink, one after the other; others do not wait for it. Where it is too slow for what comes, the oldest are lost, and the log says so.</summary>
internal sealed class AlertDelivery
{
    private const int Capacity = 100;

    /// <summary>Long enough for a sink that tries again itself.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly IAlertSink _sink;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly Channel<Alert> _waiting;

    public AlertDelivery(IAlertSink sink, TimeProvider clock, ILogger logger)
    {
        (_sink, _clock, _logger) = (sink, clock, logger);
        _waiting = Channel.CreateBounded<Alert>(new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true }, lost => Lost(lost, new TimeoutException("The sink is too slow.")));
    }

    public void Give(Alert alert) => _waiting.Writer.TryWrite(alert);

    public async Task RunAsync(CancellationToken stopping)
    {
        await foreach (var alert in _waiting.Reader.ReadAllAsync(stopping).ConfigureAwait(false))
        {
            using var deadline = new CancellationTokenSource(Patience, _clock);
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stopping);
            try
            {
                // On a thread of its own, and not waited for for ever: a sink may block, and may not heed its token.
                var token = ending.Token;
                await Task.Run(() => _sink.SendAsync(alert, token), token).WaitAsync(token).ConfigureAwait(false);
            }
            catch (Exception failure) when (!stopping.IsCancellationRequested)
            {
                Lost(alert, failure);
            }
        }
    }

    private void Lost(Alert alert, Exception failure) => MonitoringLog.AlertLost(_logger, alert.Rule, alert.Subject, _sink.GetType().Name, failure);
}
