using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DualDb.AspNetCore.Dashboard.Language;
using DualDb.AspNetCore.Dashboard.Markup;
using DualDb.AspNetCore.Dashboard.Requests;
using DualDb.AspNetCore.Dashboard.Sections.Shared;
using DualDb.Consistency.Sync;
using DualDb.Consistency.Sync.Conflicts;

namespace DualDb.AspNetCore.Dashboard.Sections.Conflicts;

/// <summary>What operators decide.</summary>
internal sealed class ConflictActions
{
    /// <summary>A pattern names columns, of which a table may have hundreds.</summary>
    private const int LongestPattern = 128 * 1024;
    private const int LongestTold = 1000;
    private const int LongestName = 200;

    private readonly DatabaseSync _sync;
    private readonly BackgroundWork _work;

    public ConflictActions(DatabaseSync sync, BackgroundWork work)
    {
        (_sync, _work) = (sync, work);
        TakeSource = OfOne("take-source", ConflictTexts.TakeSource, (form, conflict, token) => sync.Conflicts.ResolveAsync(conflict, ConflictWinner.Source, form.Actor, form.Reason, row: null, token));
        TakeTarget = OfOne("take-target", ConflictTexts.TakeTarget, (form, conflict, token) => sync.Conflicts.ResolveAsync(conflict, ConflictWinner.Target, form.Actor, form.Reason, row: null, token));
        Merge = OfOne("merge", ConflictTexts.Merge, (form, conflict, token) => sync.Conflicts.MergeAsync(conflict, [.. form.Several("take")], form.Actor, form.Reason, token));
        AllSource = OfAll("all-source", ConflictTexts.AllSource, ConflictWinner.Source);
        AllTarget = OfAll("all-target", ConflictTexts.AllTarget, ConflictWinner.Target);
        AllMerge = OfAll("all-merge", ConflictTexts.AllMerge, ConflictWinner.Merged);
    }

    public DashboardAction TakeSource { get; }

    public DashboardAction TakeTarget { get; }

    public DashboardAction Merge { get; }

    public DashboardAction AllSource { get; }

    public DashboardAction AllTarget { get; }

    public DashboardAction AllMerge { get; }

    public IReadOnlyList<DashboardAction> All => [TakeSource, TakeTarget, Merge, AllSource, AllTarget, AllMerge];

    public Html Forms(PartContext context, ConflictComparison comparison, string place)
    {
        var field = Fields.Hidden("conflict", place);
        return Html.Of($"""
            {context.Form(TakeSource, place, field)}{context.Form(TakeTarget, place, field)}
            {Html.When(comparison.IsMergeable, $"{context.Form(Merge, place, Html.Of($"{field}{Boxes(context, comparison.Columns.Where(static column => column.Differs && !column.IsKey).Select(static column => column.Name))}"))}")}
            """);
    }

    public Html PatternForms(PartContext context, ConflictPattern pattern, string key)
    {
        var fields = Html.Of($"""{Fields.Hidden("map", pattern.Map)}{Fields.Hidden("pattern", pattern.Pattern)}""");
        var columns = Columns(pattern.Map, pattern.Pattern);
        return Html.Of($"""
            {context.Form(AllSource, key, fields)}{context.Form(AllTarget, key, fields)}
            {Html.When(columns.Count > 0, $"{context.Form(AllMerge, key, Html.Of($"{fields}{Boxes(context, columns)}"))}")}
            """);
    }

    private static Html Boxes(PartContext context, IEnumerable<string> columns)
        => Html.Of($"""
            <fieldset><legend>{context.Say(ConflictTexts.Take)}</legend>{columns.Select(static column => Html.Of($"""<label><input type="checkbox" name="take" value="{column}"> {column}</label> """))}</fieldset>
            """);

    private DashboardAction OfOne(string name, Text title, Func<ActionForm, StoredConflict, CancellationToken, Task<bool>> decide)
        => new(
            name,
            title,
            static form => Place.Of(form, "conflict").ToString(),
            async (form, token) =>
            {
                var place = Place.Of(form, "conflict");
                return await _sync.Conflicts.FindAsync(place.Source, place.Id, token).ConfigureAwait(false) is { } conflict && await Refusing(() => decide(form, conflict, token)).ConfigureAwait(false)
                    ? new ActionMessage(ConflictTexts.Done, place.ToString())
                    : new ActionMessage(SharedTexts.Gone);
            });

    // However many there are: each is a transaction of its own, and they may take longer than a request.
    private DashboardAction OfAll(string name, Text title, ConflictWinner winner)
        => new(name, title, form => $"{Map(form)}: {Shortened(Pattern(form), LongestTold)}", (form, _) => Task.FromResult(StartAll(form, winner)));

    private ActionMessage StartAll(ActionForm form, ConflictWinner winner)
    {
        var (map, pattern, reason) = (Map(form), Pattern(form), form.Reason);
        var taken = winner == ConflictWinner.Merged ? Taken(form, map, pattern) : null;
        return _work.Start(
            NameOf(map, pattern),
            form.Actor,
            async (progress, token) => Words(await _sync.Conflicts.DecideAllAsync(map, pattern, winner, form.Actor, reason, taken, passesOver: true, reached => progress.Report(Words(reached)), token).ConfigureAwait(false)));
    }

    private static string Words(BulkDecision reached)
        => string.Create(CultureInfo.InvariantCulture, $"{reached.Decided} conflicts decided") + (reached.PassedOver > 0 ? string.Create(CultureInfo.InvariantCulture, $", {reached.PassedOver} left open: their rows are gone") : "");

    private string Map(ActionForm form)
        => form.Needed("map") is var map && _sync.Conflicts.SourceOf(map) is not null ? map : throw new BadRequestValueException("map", "the name of a map");

    // Nothing where images do not differ, such as after a column was removed.
    private static string Pattern(ActionForm form) => form.Has("pattern") ? form.Text("pattern", LongestPattern) ?? "" : throw new BadRequestValueException("pattern", "given, if empty");

    // The name is told in an address, which has to be short, and says which work is the same.
    private static string NameOf(string map, string pattern)
        => pattern.Length <= LongestName ? $"decide {map}: {pattern}" : $"decide {map}: {Shortened(pattern, LongestName)} {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(pattern)))[..8]}";

    /// <summary>For the audit, which also keeps what is refused to those who may do nothing.</summary>
    private static string Shortened(string pattern, int longest)
        => pattern.Length <= longest ? pattern : string.Concat(pattern.AsSpan(0, char.IsHighSurrogate(pattern[longest - 1]) ? longest - 1 : longest), "…");

    private HashSet<string> Taken(ActionForm form, string map, string pattern)
    {
        var (taken, columns) = (form.Several("take").ToHashSet(StringComparer.Ordinal), Columns(map, pattern));
        return columns.Count == 0 ? throw new BadRequestValueException("pattern", "one of rows that both sides have")
            : taken.IsSubsetOf(columns) ? taken
            : throw new BadRequestValueException("take", "some of " + string.Join(", ", columns));
    }

    /// <summary>The columns that can be chosen of conflicts with a pattern.</summary>
    private List<string> Columns(string map, string pattern)
        => [.. _sync.Registry.Maps.First(one => string.Equals(one.Name, map, StringComparison.Ordinal)).Columns
            .Where(column => !column.IsKey && pattern.Contains(Identifiers.Quote(column.Source!), StringComparison.Ordinal)).Select(static column => column.Source!)];

    private static async Task<T> Refusing<T>(Func<Task<T>> decide)
    {
        try
        {
            return await decide().ConfigureAwait(false);
        }
        catch (ArgumentException refused)
        {
            throw new BadRequestValueException("take", "a decision that can be made: " + refused.Message);
        }
    }
}
