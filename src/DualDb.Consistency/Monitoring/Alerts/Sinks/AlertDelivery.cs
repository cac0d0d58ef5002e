using System.Threading.Channels;
using DualDb.Consistency.Monitoring.Running;
using Microsoft.Extensions.Logging;

namespace DualDb.Consistency.Monitoring.Alerts.Sinks;

/// <summary>Gives alerts to one sink, one after the other; others do not wait for it. Where it is too slow for what comes, the oldest are lost, and the log says so.</summary>
internal sealed class AlertDelivery
{
    private const int Capacity = 100;

    /// <summary>What one of the application's own may take.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>The webhook's own deadlines come first: an alert is lost when it gives up, and not before.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    private readonly IAlertSink _sink;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly TimeSpan _patience;
    private readonly Channel<Alert> _waiting;

    public AlertDelivery(IAlertSink sink, TimeProvider clock, ILogger logger)
    {
        (_sink, _clock, _logger) = (sink, clock, logger);
        _patience = sink is WebhookSink webhook ? webhook.Longest + Grace : Patience;
        _waiting = Channel.CreateBounded<Alert>(new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true }, lost => Lost(lost, new TimeoutException("The sink is too slow.")));
    }

    public void Give(Alert alert) => _waiting.Writer.TryWrite(alert);

    /// <summary>Nothing more is given: <see cref="RunAsync"/> ends with what waits.</summary>
    public void Complete() => _waiting.Writer.TryComplete();

    /// <summary>Delivers until it is complete.</summary>
    /// <param name="stopping">Ends it before; what still waits is lost, and the log says so.</param>
    public async Task RunAsync(CancellationToken stopping)
    {
        await foreach (var alert in _waiting.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
        {
            using var deadline = new CancellationTokenSource(_patience, _clock);
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stopping);
            try
            {
                // On a thread of its own, and not waited for for ever: a sink may block, and may not heed its token.
                var token = ending.Token;
                await Task.Run(() => _sink.SendAsync(alert, token), token).WaitAsync(token).ConfigureAwait(false);
            }
            catch (Exception failure)
            {
                Lost(alert, failure);
            }
        }
    }

    private void Lost(Alert alert, Exception failure) => MonitoringLog.AlertLost(_logger, alert.Rule, alert.Subject, _sink.GetType().Name, failure);
}
