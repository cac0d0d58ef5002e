namespace DualDb.Consistency.Monitoring;

/// <summary>Something that is the matter just now, as a node sees it.</summary>
/// <param name="Rule">The rule that says when it is told: one of <see cref="AlertRules"/>.</param>
/// <param name="Subject">What of several things of the rule it is about, such as a database; empty for one.</param>
/// <param name="Words">It in words, with the next step. No values of users, and no secrets.</param>
public sealed record AlertSignal(string Rule, string Subject, string Words);

/// <summary>Tells what is the matter. Register it in the container: <c>services.AddSingleton&lt;IAlertSource, DiskSpace&gt;()</c>.</summary>
public interface IAlertSource
{
    /// <summary>What is the matter just now, by what is known already: it is asked each second on each node, and must not wait for anything.</summary>
    IEnumerable<AlertSignal> Signals();
}
