using DualDb.AspNetCore.Dashboard.Markup;
using DualDb.AspNetCore.Dashboard.Requests;
using Microsoft.Extensions.Logging;

namespace DualDb.AspNetCore.Dashboard.Sections.Shared;

/// <summary>
/// What takes longer than a request: each kind of work once at a time, on the node that was asked. What it leaves behind is in the databases, and can be begun anew where this node ends; here is only how far it is.
/// </summary>
internal sealed class BackgroundWork(TimeProvider time, ILogger logger, CancellationToken stopping)
{
    /// <summary>So much is remembered.</summary>
    private const int Most = 20;

    private readonly Lock _lock = new();
    private readonly List<WorkState> _works = [];

    /// <summary>Begins something, unless it runs already.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="actor">Who asks for it.</param>
    /// <param name="run">Does it, tells how far it is, and says what came of it.</param>
    public ActionMessage Start(string name, string actor, Func<IProgress<string>, CancellationToken, Task<string>> run)
    {
        var work = new WorkState(name, actor, time.GetUtcNow());
        lock (_lock)
        {
            if (_works.Exists(one => one.EndedAt is null && string.Equals(one.Name, name, StringComparison.Ordinal)))
            {
                return new ActionMessage(SharedTexts.RunsAlready, name);
            }

            _works.Insert(0, work);
            if (_works.Count > Most && _works.FindLastIndex(static one => one.EndedAt is not null) is >= 0 and var oldest)
            {
                _works.RemoveAt(oldest);
            }
        }

        _ = Task.Run(() => RunAsync(work, run), CancellationToken.None);
        return new ActionMessage(SharedTexts.Begun, name);
    }

    /// <summary>The part that shows it.</summary>
    public DashboardPart Part() => DashboardPart.Of("work", SharedTexts.Work, List, Show);

    private IReadOnlyList<WorkState> List()
    {
        lock (_lock)
        {
            return [.. _works];
        }
    }

    private async Task RunAsync(WorkState work, Func<IProgress<string>, CancellationToken, Task<string>> run)
    {
        try
        {
            work.Progress = await run(work, stopping).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            DashboardLog.ActionFailed(logger, work.Name, work.Actor, failure);
            (work.Progress, work.IsFailed) = (failure is DualDbException ? failure.Message : failure.GetType().Name, true);
        }

        work.EndedAt = time.GetUtcNow();
    }

    private static Html Show(IReadOnlyList<WorkState> works, PartContext context)
        => works.Count == 0
            ? Html.Of($"""<p class="none">{context.Say(SharedTexts.NoWork)}</p>""")
            : Widgets.Table(context, SharedTexts.Work, [SharedTexts.What, SharedTexts.State, SharedTexts.Progress, SharedTexts.Who, SharedTexts.When], [.. works.Select(work => Row(work, context))]);

    private static Html Row(WorkState work, PartContext context)
    {
        var (tone, words, state) = work.EndedAt is null ? (Tone.Plain, SharedTexts.Running, "running") : work.IsFailed ? (Tone.Bad, SharedTexts.Failed, "failed") : (Tone.Good, SharedTexts.Done, "done");
        return Html.Of($"""
            <tr data-work="{work.Name}" data-state="{state}"><td>{Widgets.Said(work.Name)}</td><td>{Widgets.Badge(tone, context.Say(words))}</td>
            <td class="words">{Widgets.Said(work.Progress)}</td><td>{work.Actor}</td><td>{Widgets.Time(work.StartedAt)}</td></tr>
            """);
    }

    private sealed class WorkState(string name, string actor, DateTimeOffset startedAt) : IProgress<string>
    {
        public string Name { get; } = name;

        public string Actor { get; } = actor;

        public DateTimeOffset StartedAt { get; } = startedAt;

        public DateTimeOffset? EndedAt { get; set; }

        public bool IsFailed { get; set; }

        public string Progress { get; set; } = "";

        public void Report(string value) => Progress = value;
    }
}
