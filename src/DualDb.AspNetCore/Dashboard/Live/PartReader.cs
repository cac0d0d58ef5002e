using DualDb.AspNetCore.Dashboard.Markup;
using DualDb.AspNetCore.Dashboard.Requests;
using DualDb.AspNetCore.Dashboard.Sections;
using DualDb.Errors;
using Microsoft.Extensions.Logging;

namespace DualDb.AspNetCore.Dashboard.Live;

/// <summary>Reads a part within its deadline; what fails is shown as a message. One that goes on beyond its deadline is not begun again before it has ended.</summary>
internal sealed class PartReader(DashboardPart part, TimeSpan patience, TimeProvider time, ILogger logger)
{
    /// <summary>What is cancelled gets so long to end by itself.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(250);

    private Task<Func<PartContext, Html>>? _going;
    private bool _isFailing;

    public async Task<PartReading> ReadAsync(CancellationToken stopping)
    {
        if (_going is { IsCompleted: false })
        {
            return Failed(new TimeoutException());
        }

        using var deadline = new CancellationTokenSource(patience, time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stopping);
        try
        {
            // Not on this thread: a part that computes, or blocks, must not hold up the others.
            _going = Task.Run(() => part.ReadAsync(ending.Token), CancellationToken.None);
            var show = await _going.WaitAsync(patience + Grace, time, stopping).ConfigureAwait(false);
            _isFailing = false;
            return new PartReading(part, context => Guarded(show, context));
        }
        catch (Exception failure) when (!stopping.IsCancellationRequested)
        {
            return Failed(failure);
        }
    }

    private Html Guarded(Func<PartContext, Html> show, PartContext context)
    {
        try
        {
            return show(context);
        }
        catch (Exception failure)
        {
            DashboardLog.PartFailed(logger, part.Id, ServerWords.Loggable(failure));
            return PartFailure.Show(failure, part, patience, context);
        }
    }

    private PartReading Failed(Exception failure)
    {
        // Once, and not each interval while it lasts.
        if (!_isFailing)
        {
            DashboardLog.PartFailed(logger, part.Id, ServerWords.Loggable(failure));
        }

        _isFailing = true;
        return new PartReading(part, context => PartFailure.Show(failure, part, patience, context));
    }
}
