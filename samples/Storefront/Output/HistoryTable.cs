using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;
using Storefront.Models;

namespace Storefront.Output;

/// <summary>Users of Supabase with their orders of Neon.</summary>
internal static class HistoryTable
{
    public static IRenderable Of(IEnumerable<UserOrderHistory> histories, IEnumerable<RecentOrders> recent)
    {
        var table = new Table()
            .Border(TableBorder.Simple)
            .AddColumn("[bold]Customer[/]")
            .AddColumn("[bold]City[/]")
            .AddColumn(new TableColumn("[bold]Orders[/]").RightAligned())
            .AddColumn(new TableColumn("[bold]Spent[/]").RightAligned())
            .AddColumn("[bold]Newest three[/]");
        foreach (var (history, newest) in histories.Zip(recent))
        {
            table.AddRow(
                Markup.Escape(history.User.DisplayName),
                Markup.Escape(history.User.City ?? "unknown"),
                Text($"{history.Orders.Count:N0}"),
                Text($"{history.Spent:N2}"),
                Markup.Escape(string.Join("; ", newest.Orders.Select(order => Text($"{order.CreatedAt:d MMM yyyy} {order.Status} {order.Total:N2}")))));
        }

        return table;
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
