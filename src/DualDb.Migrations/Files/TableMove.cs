namespace DualDb.Migrations.Files;

/// <summary>A table that changes the database, as a header names it: <c>storefront.wishes</c>, or <c>storefront.wishes to public.wishes</c>.</summary>
/// <param name="From">Where its rows come from.</param>
/// <param name="To">Where they go, in the other database.</param>
internal sealed record TableMove(TableName From, TableName To)
{
    private const string Between = " to ";

    /// <summary>Reads what a header says.</summary>
    public static bool TryParse(string text, out TableMove move)
    {
        var at = text.IndexOf(Between, StringComparison.Ordinal);
        var isRead = TableName.TryParse((at < 0 ? text : text.Substring(0, at)).Trim(), out var from) & TableName.TryParse((at < 0 ? text : text.Substring(at + Between.Length)).Trim(), out var to);
        move = new TableMove(from, to);
        return isRead;
    }

    public override string ToString() => From == To ? From.ToString() : From + Between + To;
}
