using System.Text;
using DualDb.Migrations.Files.Sql;

namespace DualDb.Migrations.Model.Writing;

/// <summary>Carriage returns within constants, which a file cannot hold: its line ends are those of the machine that checked it out, and are read as line feeds.</summary>
internal static class LineBreakLiterals
{
    /// <summary>A statement that says the same, with such constants as <c>E'…\r\n…'</c>.</summary>
    public static string Escape(string sql)
    {
        if (!sql.Contains('\r', StringComparison.Ordinal))
        {
            return sql;
        }

        var (scanner, text, copied) = (new SqlScanner(sql), new StringBuilder(), 0);
        try
        {
            for (var token = scanner.Next(); token.Kind != SqlTokenKind.End; token = scanner.Next())
            {
                var written = sql.Substring(token.Start, token.Length);
                if (token.Kind == SqlTokenKind.Constant && written.Contains('\r', StringComparison.Ordinal))
                {
                    text.Append(sql, copied, token.Start - copied).Append(Constant(written));
                    copied = token.End;
                }
            }
        }
        catch (SqlScanException)
        {
            // The migration fails there, and shows the place.
        }

        return text.Append(sql, copied, sql.Length - copied).ToString();
    }

    private static string Constant(string written) => written[0] switch
    {
        '\'' => $"E'{Breaks(written[1..^1].Replace("\\", "\\\\", StringComparison.Ordinal))}'",
        'e' or 'E' => Breaks(written),

        // The body of a function.
        '$' => Body(written),
        _ => written,
    };

    private static string Body(string written)
    {
        var open = written.IndexOf('$', 1) + 1;
        return written[..open] + Escape(written[open..^open]) + written[^open..];
    }

    private static string Breaks(string text) => text.Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
