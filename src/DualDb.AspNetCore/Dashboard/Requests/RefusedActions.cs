using System.Globalization;
using DualDb.Consistency.Operators;
using Microsoft.Extensions.Logging;

namespace DualDb.AspNetCore.Dashboard.Requests;

/// <summary>
/// Keeps refused actions in the audit: the first ten of an actor within a minute one by one, and of the others how many they were. Entries cannot be removed for a month, and whoever may do nothing must not be able to fill a database with them.
/// </summary>
internal sealed class RefusedActions(OperatorAudit audit, TimeProvider time, ILogger logger, CancellationToken stopping)
{
    /// <summary>So many are kept one by one.</summary>
    public const int Each = 10;

    /// <summary>So many actors are told apart. Names come from the application, which may take them from anywhere.</summary>
    private const int MostActors = 1000;

    private const string Others = "(others)";

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Count> _counts = new(StringComparer.Ordinal);

    /// <summary>Keeps one, or counts it.</summary>
    public async Task TellAsync(OperatorAction what, string detail, CancellationToken cancellationToken)
    {
        if (IsKept(what))
        {
            await audit.RefuseAsync(what, detail, cancellationToken).ConfigureAwait(false);
        }
    }

    private bool IsKept(OperatorAction what)
    {
        lock (_lock)
        {
            var actor = _counts.ContainsKey(what.Actor) || _counts.Count < MostActors ? what.Actor : Others;
            if (!_counts.TryGetValue(actor, out var count))
            {
                _counts[actor] = count = new Count();
                _ = FoldAsync(actor, count);
            }

            if (++count.Seen <= Each)
            {
                return true;
            }

            count.Last = what.Action;
            return false;
        }
    }

    // When the minute is over, and at the end of the node.
    private async Task FoldAsync(string actor, Count count)
    {
        await Task.Delay(Window, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_lock)
        {
            _counts.Remove(actor);
        }

        var folded = count.Seen - Each;
        if (folded <= 0)
        {
            return;
        }

        try
        {
            using var deadline = new CancellationTokenSource(Patience, time);
            var words = string.Create(CultureInfo.InvariantCulture, $"{folded} more were refused within a minute; the last one was this.");
            await audit.RefuseAsync(new OperatorAction(actor, count.Last, "", ""), words, deadline.Token).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is DualDbException or OperationCanceledException)
        {
            DashboardLog.RefusalsNotAudited(logger, folded, actor, failure);
        }
    }

    private sealed class Count
    {
        public long Seen { get; set; }

        public string Last { get; set; } = "";
    }
}
