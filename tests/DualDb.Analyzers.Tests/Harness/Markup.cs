using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace DualDb.Analyzers.Tests.Harness;

/// <summary>A diagnostic that a source asks for: <c>{|DDB001:Order|}</c> expects DDB001 on exactly <c>Order</c>. Marks may be nested.</summary>
internal sealed record Expectation(string Id, string Path, TextSpan Span, string Text);

internal static class Markup
{
    /// <summary>The source without its marks, and what they ask for, in the order of their ends.</summary>
    public static (string Code, IReadOnlyList<Expectation> Expectations) Parse(string source, string path)
    {
        var code = new StringBuilder(source.Length);
        var open = new Stack<(string Id, int Start)>();
        var expectations = new List<Expectation>();
        for (var i = 0; i < source.Length; i++)
        {
            if (string.CompareOrdinal(source, i, "{|", 0, 2) == 0)
            {
                var colon = source.IndexOf(':', i);
                open.Push((source[(i + 2)..colon], code.Length));
                i = colon;
            }
            else if (string.CompareOrdinal(source, i, "|}", 0, 2) == 0)
            {
                var (id, start) = open.Pop();
                var span = TextSpan.FromBounds(start, code.Length);
                expectations.Add(new Expectation(id, path, span, code.ToString(start, span.Length)));
                i++;
            }
            else
            {
                code.Append(source[i]);
            }
        }

        Assert.Empty(open);
        return (code.ToString(), expectations);
    }
}
