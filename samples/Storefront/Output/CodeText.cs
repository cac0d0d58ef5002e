namespace Storefront.Output;

/// <summary>Makes a lambda's source fit for a table: without what every step has in common.</summary>
internal static class CodeText
{
    private static readonly string[] Heads = ["async ", "() => ", "await "];
    // A call that the source begins a line with begins one in the table as well.
    private const string Chained = " .";
    private const string OnItsOwnLine = "\n  .";

    private static readonly string[] Everywhere = [", cancellationToken", "cancellationToken", "db."];

    public static string Shorten(string lambda)
    {
        var text = string.Join(' ', lambda.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Replace(Chained, OnItsOwnLine, StringComparison.Ordinal);
        foreach (var head in Heads)
        {
            text = text.StartsWith(head, StringComparison.Ordinal) ? text[head.Length..] : text;
        }

        return Everywhere.Aggregate(text, static (code, part) => code.Replace(part, "", StringComparison.Ordinal)).Replace("( ", "(", StringComparison.Ordinal);
    }
}
