using DualDb.AspNetCore.Dashboard.Language;
using DualDb.AspNetCore.Dashboard.Markup;
using DualDb.AspNetCore.Dashboard.Requests;
using DualDb.Consistency.Monitoring;

namespace DualDb.AspNetCore.Dashboard.Sections.Nodes;

/// <summary>Which nodes there are, and what each has to itself.</summary>
internal sealed class NodeSection(DatabaseMonitoring monitoring) : IDashboardSection
{
    public string Path => "nodes";

    public Text Title => NodeTexts.Title;

    public IReadOnlyList<DashboardPart> Parts(PageQuery query) =>
    [
        DashboardPart.Of("neon", NodeTexts.Neon, token => LeaseReading.ReadAsync(monitoring.Root.Neon, token), Show) with { Database = Database.Neon },
        DashboardPart.Of("supabase", NodeTexts.Supabase, token => LeaseReading.ReadAsync(monitoring.Root.Supabase, token), Show) with { Database = Database.Supabase },
    ];

    private static Html Show(KnownNodes known, PartContext context)
        => !known.IsInstalled
            ? Html.Of($"""<p class="failure" data-failure="schema">{context.Say(NodeTexts.NoSchema)}</p>""")
            : Html.Of($"""
                <h3>{context.Say(NodeTexts.Nodes)}</h3>
                {Widgets.Table(context, NodeTexts.Nodes, [NodeTexts.Does, NodeTexts.Application, NodeTexts.Node, NodeTexts.Name, NodeTexts.Valid], [.. known.Nodes.Shown.Select(node => ShowNode(node, context))])}{Rest(known.Nodes, context)}
                <h3>{context.Say(NodeTexts.Leases)}</h3>
                {Widgets.Table(context, NodeTexts.Leases, [NodeTexts.What, NodeTexts.Application, NodeTexts.Holder, NodeTexts.Count, NodeTexts.Until], [.. known.Leases.Shown.Select(lease => ShowLease(lease, known, context))])}{Rest(known.Leases, context)}
                """);

    private static Html Rest<T>(KnownList<T> list, PartContext context)
        => Html.When(list.Count > list.Shown.Count, $"""<p class="note" data-shown="{list.Shown.Count}">{context.Say(NodeTexts.Rest, list.Shown.Count, list.Count)}</p>""");

    private static Html ShowNode(KnownNode node, PartContext context)
        => Html.Of($"""
            <tr data-node="{node.Id}" data-lapsed="{(node.IsLapsed ? "true" : "false")}"{Html.When(node.IsLapsed, $""" class="warning" """)}><td>{context.Said(node.Role)}</td><td>{(node.Application.Length > 0 ? node.Application : "-")}</td><td>{node.Id}</td><td>{node.Name}</td>
            <td>{Widgets.Time(node.Until)} {Html.When(node.IsLapsed, $"{Widgets.Badge(Tone.Warning, context.Say(NodeTexts.Lapsed))}")}</td></tr>
            """);

    private static Html ShowLease(KnownLease lease, KnownNodes known, PartContext context)
    {
        var name = known.Nodes.Shown.FirstOrDefault(node => node.Name.Length > 0 && string.Equals(node.Id, lease.Holder, StringComparison.Ordinal))?.Name;
        var holder = lease.Holder.Length == 0 ? context.Say(NodeTexts.Nobody) : name is null ? lease.Holder : $"{name} ({lease.Holder})";
        return Html.Of($"""
            <tr data-lease="{lease.What}"><td>{context.Said(lease.What)}</td><td>{(lease.Application.Length > 0 ? lease.Application : "-")}</td><td>{holder}</td><td class="number">{Widgets.Number(lease.Count)}</td>
            <td>{Widgets.Time(lease.Until, Html.Of($"-"))} {(lease.IsHeld || lease.Until is null ? default : Widgets.Badge(Tone.Plain, context.Say(NodeTexts.Lapsed)))}</td></tr>
            """);
    }
}
