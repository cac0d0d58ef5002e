using DualDb.AspNetCore.Dashboard.Markup;
using DualDb.AspNetCore.Dashboard.Requests;
using DualDb.AspNetCore.Dashboard.Sections.Shared;
using DualDb.Migrations;

namespace DualDb.AspNetCore.Dashboard.Sections.Migrations;

/// <summary>All migrations in their one order over both databases: as a picture with what requires what, and as a table that says the same.</summary>
internal static class MigrationPlanView
{
    /// <summary>A picture of more is none.</summary>
    private const int MostDrawn = 40;

    private const int MostListed = 500;
    private const int RowHeight = 26;
    private const int Left = 24;
    private const int Right = 76;
    private const int Width = 100;

    public static Html Show(MigrationStatus status, PartContext context)
    {
        if (status.Migrations.Count == 0)
        {
            return Html.Of($"""<p class="none" data-empty="plan">{context.Say(MigrationTexts.NoPlan)}</p>""");
        }

        IReadOnlyList<MigrationStanding> listed = [.. status.Migrations.TakeLast(MostListed)];
        return Html.Of($"""
            {Html.When(status.UnfinishedRun is not null, $"""<p class="failure" data-fact="unfinished">{context.Say(status.UnfinishedRun is { IsUnderWay: true } ? MigrationTexts.UnderWay : MigrationTexts.Unfinished, status.UnfinishedRun?.RunId)} {context.Said(status.UnfinishedRun?.Error)}</p>""")}
            <p data-pending="{status.Pending}">{(status.Pending == 0 ? Widgets.Badge(Tone.Good, context.Say(MigrationTexts.NoPending)) : Widgets.Badge(Tone.Warning, context.Say(MigrationTexts.Pending, status.Pending)))}</p>
            {Draw([.. listed.TakeLast(MostDrawn)], context)}
            {Widgets.Table(context, MigrationTexts.Plan, [MigrationTexts.Migration, SharedTexts.State, MigrationTexts.Phase, MigrationTexts.Requires, MigrationTexts.Done, SharedTexts.When, SharedTexts.Who, SharedTexts.Error], [.. listed.Reverse().Select(standing => Row(standing, context))])}
            """);
    }

    private static Html Draw(IReadOnlyList<MigrationStanding> drawn, PartContext context)
    {
        var rows = drawn.Select(static (standing, row) => (standing.Id, row)).ToDictionary(static one => one.Id, static one => one.row);
        var words = context.Say(MigrationTexts.Picture, drawn.Count);
        var lines = drawn.SelectMany(standing => standing.Requires.Where(rows.ContainsKey).Select(required => Html.Of($"""
            <line class="target" data-edge="{required.ToString()} {standing.Id.ToString()}" x1="{X(required)}" y1="{Y(rows[required])}" x2="{X(standing.Id)}" y2="{Y(rows[standing.Id])}"/>
            """)));
        var nodes = drawn.Select(standing => Html.Of($"""
            <g data-node="{standing.Id.ToString()}"><title>{standing.Id.ToString()}</title><circle class="node {Widgets.ClassOf(ToneOf(standing))}" cx="{X(standing.Id)}" cy="{Y(rows[standing.Id])}" r="6"/></g>
            """));
        return Html.Of($"""<svg class="spark plan" viewBox="0 0 {Width} {drawn.Count * RowHeight}" width="{Width * 2}" height="{drawn.Count * RowHeight}" role="img" aria-label="{words}"><title>{words}</title>{lines}{nodes}</svg>""");
    }

    private static int X(MigrationId id) => id.Database == Database.Neon ? Left : Right;

    private static int Y(int row) => (row * RowHeight) + (RowHeight / 2);

    private static Html Row(MigrationStanding standing, PartContext context)
    {
        var words = standing.State switch
        {
            MigrationStandingState.Applied => MigrationTexts.Applied,
            MigrationStandingState.Applying => MigrationTexts.Applying,
            MigrationStandingState.Reverting => MigrationTexts.Reverting,
            _ => MigrationTexts.IsPending,
        };
        return Html.Of($"""
            <tr data-migration="{standing.Id.ToString()}" data-state="{standing.State.ToString()}"><td class="words">{standing.Id.ToString()}</td>
            <td>{Widgets.Badge(ToneOf(standing), context.Say(words))}{Html.When(standing.IsChanged, $" {Widgets.Badge(Tone.Bad, context.Say(MigrationTexts.Changed))}")}{Html.When(!standing.IsAtHand, $" {Widgets.Badge(Tone.Warning, context.Say(MigrationTexts.NotAtHand))}")}</td>
            <td>{(standing.IsAtHand ? context.TermText(standing.Phase.ToString().ToLowerInvariant()) : "-")}</td><td class="words">{string.Join(", ", standing.Requires)}</td><td class="number">{standing.Done} / {standing.Statements}</td>
            <td>{Widgets.Time(standing.FinishedAt, Html.Of($"-"))}</td><td>{standing.Actor}</td><td class="words">{context.Said(standing.Error)}</td></tr>
            """);
    }

    private static Tone ToneOf(MigrationStanding standing) => standing switch
    {
        { Error: not null, State: not MigrationStandingState.Applied } => Tone.Bad,
        { State: MigrationStandingState.Applied } => Tone.Good,
        { State: MigrationStandingState.Pending } => Tone.Plain,
        _ => Tone.Warning,
    };
}
