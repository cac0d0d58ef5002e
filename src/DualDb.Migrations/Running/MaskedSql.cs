using DualDb.Migrations.Files.Sql;
using DualDb.Migrations.Linting;

namespace DualDb.Migrations.Running;

/// <summary>Statements whose constants cannot be read: a password may be among them. All is as long as it was, so that places and lines stay.</summary>
internal static class MaskedSql
{
    private static readonly string[] ReadableLanguages = ["sql", "plpgsql"];

    /// <summary>A statement with its constants masked, of whatever form, and over all of their lines.</summary>
    public static string Of(string sql)
    {
        var text = sql.ToCharArray();
        var words = StatementText.WordsOf(sql);
        Mask(sql, text, offset: 0, keepsBody: HasReadableBody(words));
        return new string(text);
    }

    // The body of a function or block is a constant too, and code: there the constants within are meant.
    private static void Mask(string sql, char[] text, int offset, bool keepsBody)
    {
        var scanner = new SqlScanner(sql);
        var end = 0;
        try
        {
            for (var token = scanner.Next(); token.Kind != SqlTokenKind.End; token = scanner.Next())
            {
                end = token.End;
                if (token.Kind == SqlTokenKind.Constant)
                {
                    MaskConstant(sql, text, offset, token, keepsBody);
                }
            }
        }
        catch (SqlScanException)
        {
            // Whatever is there, nobody can say where a constant ends.
            Blank(text, offset + end, offset + sql.Length);
        }
    }

    private static void MaskConstant(string sql, char[] text, int offset, SqlToken token, bool keepsBody)
    {
        var written = sql.Substring(token.Start, token.Length);
        if (keepsBody && written[0] == '$')
        {
            var quote = written.IndexOf('$', 1) + 1;
            Mask(written[quote..^quote], text, offset + token.Start + quote, keepsBody: false);
        }
        else
        {
            Blank(text, offset + token.Start, offset + token.End);
        }
    }

    private static bool HasReadableBody(StatementWords words)
    {
        var isBlock = words.Say(0, "do");
        var kind = words.Say(1, "or", "replace") ? 3 : 1;
        var language = words.Find("language");
        return (isBlock || (words.Say(0, "create") && words.SayAny(kind, "function", "procedure")))
            && (language < 0 ? isBlock : words.SayAny(language + 1, ReadableLanguages));
    }

    private static void Blank(char[] text, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            text[i] = text[i] == '\n' ? '\n' : '*';
        }
    }
}
