using System.Globalization;
using DualDb;
using Spectre.Console;
using Spectre.Console.Rendering;
using Storefront.Tour;

namespace Storefront.Output;

/// <summary>The steps of a chapter as a table.</summary>
internal sealed class StepTable
{
    private readonly Table _table = new Table()
        .Border(TableBorder.Simple)
        .AddColumn(new TableColumn("[bold]Database[/]").NoWrap())
        .AddColumn("[bold]Code[/]")
        .AddColumn("[bold]What happened[/]")
        .AddColumn(new TableColumn("[bold]Rows[/]").RightAligned().NoWrap())
        .AddColumn(new TableColumn("[bold]SQL[/]").RightAligned().NoWrap())
        .AddColumn(new TableColumn("[bold]Time[/]").RightAligned().NoWrap());

    public bool IsEmpty => _table.Rows.Count == 0;

    public void Add(Database? database, string code, Outcome outcome, int statements, TimeSpan time)
        => _table.AddRow(
            NameOf(database),
            Markup.Escape(CodeText.Shorten(code)),
            Markup.Escape(outcome.Text),
            outcome.Rows?.ToString("N0", CultureInfo.InvariantCulture) ?? "",
            statements.ToString("N0", CultureInfo.InvariantCulture),
            string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:N1} ms"));

    public IRenderable Render() => _table;

    private static string NameOf(Database? database) => database switch
    {
        Database.Neon => "[green]Neon[/]",
        Database.Supabase => "[teal]Supabase[/]",
        _ => "both",
    };
}
