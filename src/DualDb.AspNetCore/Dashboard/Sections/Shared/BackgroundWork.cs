using DualDb.AspNetCore.Dashboard.Markup;
using DualDb.AspNetCore.Dashboard.Requests;
using DualDb.Consistency.Operators;
using DualDb.Errors;
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
                return new ActionMessage(SharedTexts.RunsAlready, name) { IsRefused = true };
            }

            _works.Insert(0, work);
            if (_works.Count > Most && _works.FindLastIndex(static one => one.EndedAt is not null) is >= 0 and var oldest)
            {
                _works.RemoveAt(oldest);
            }
        }

        return new ActionMessage(SharedTexts.Begun, name) { Ending = Task.Run(() => RunAsync(work, run), CancellationToken.None) };
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

    private async Task<WorkEnd> RunAsync(WorkState work, Func<IProgress<string>, CancellationToken, Task<string>> run)
    {
        var end = await EndOfAsync(work, run).ConfigureAwait(false);
        (work.Progress, work.Outcome, work.EndedAt) = (end.Words, end.Outcome, time.GetUtcNow());
        return end;
    }

    private async Task<WorkEnd> EndOfAsync(WorkState work, Func<IProgress<string>, CancellationToken, Task<string>> run)
    {
        try
        {
            return new WorkEnd(AuditOutcome.Done, await run(work, stopping).ConfigureAwait(false));
        }
        catch (WorkRefusedException refused)
        {
            return new WorkEnd(AuditOutcome.Refused, refused.Message);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return Failed(work, "The node that did it was stopped.");
        }
        catch (Exception failure)
        {
            DashboardLog.ActionFailed(logger, work.Name, work.Actor, ServerWords.Loggable(failure));
            return Failed(work, failure is DualDbException ? failure.Message : failure.GetType().Name);
        }
    }

    // What was done until then is done.
    private static WorkEnd Failed(WorkState work, string why) => new(AuditOutcome.Failed, work.Progress.Length > 0 ? $"{why} Until then: {work.Progress}" : why);

    private static Html Show(IReadOnlyList<WorkState> works, PartContext context)
        => works.Count == 0
            ? Html.Of($"""<p class="none">{context.Say(SharedTexts.NoWork)}</p>""")
            : Widgets.Table(context, SharedTexts.Work, [SharedTexts.What, SharedTexts.State, SharedTexts.Progress, SharedTexts.Who, SharedTexts.When], [.. works.Select(work => Row(work, context))]);

    private static Html Row(WorkState work, PartContext context)
    {
        var (tone, words, state) = work switch
        {
            { EndedAt: null } => (Tone.Plain, SharedTexts.Running, "running"),
            { Outcome: AuditOutcome.Failed } => (Tone.Bad, SharedTexts.Failed, "failed"),
            { Outcome: AuditOutcome.Refused } => (Tone.Warning, SharedTexts.Refused, "refused"),
            _ => (Tone.Good, SharedTexts.Done, "done"),
        };
        return Html.Of($"""
            <tr data-work="{work.Name}" data-state="{state}"><td>{context.Said(work.Name)}</td><td>{Widgets.Badge(tone, context.Say(words))}</td>
            <td class="words">{context.Said(work.Progress)}</td><td>{work.Actor}</td><td>{Widgets.Time(work.StartedAt)}</td></tr>
            """);
    }

    private sealed class WorkState(string name, string actor, DateTimeOffset startedAt) : IProgress<string>
    {
        public string Name { get; } = name;

        public string Actor { get; } = actor;

        public DateTimeOffset StartedAt { get; } = startedAt;

        public DateTimeOffset? EndedAt { get; set; }

        public AuditOutcome Outcome { get; set; }

        public string Progress { get; set; } = "";

        public void Report(string value) => Progress = value;
    }
}
