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
    private readonly DatabaseSync _sync;

    public ConflictActions(DatabaseSync sync)
    {
        _sync = sync;
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
        var columns = _sync.Registry.Maps.First(map => string.Equals(map.Name, pattern.Map, StringComparison.Ordinal)).Columns
            .Where(column => !column.IsKey && pattern.Pattern.Contains(Identifiers.Quote(column.Source!), StringComparison.Ordinal)).Select(static column => column.Source!).ToList();
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

    private DashboardAction OfAll(string name, Text title, ConflictWinner winner)
        => new(
            name,
            title,
            static form => $"{form.Needed("map")}: {form.Needed("pattern", 2000)}",
            async (form, token) => new ActionMessage(
                ConflictTexts.AllDone,
                await Refusing(() => _sync.Conflicts.ResolveAllAsync(form.Needed("map"), form.Needed("pattern", 2000), winner, form.Actor, form.Reason, winner == ConflictWinner.Merged ? [.. form.Several("take")] : null, token)).ConfigureAwait(false)));

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
