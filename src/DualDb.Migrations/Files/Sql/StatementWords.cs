namespace DualDb.Migrations.Files.Sql;

/// <summary>The tokens of a statement, for recognising it.</summary>
/// <param name="text">The text of the file.</param>
/// <param name="tokens">The statement's tokens.</param>
internal sealed class StatementWords(string text, IReadOnlyList<SqlToken> tokens)
{
    public int Count => tokens.Count;

    /// <summary>A token as written; empty behind the end.</summary>
    public string this[int index] => index < tokens.Count ? text.Substring(tokens[index].Start, tokens[index].Length) : "";

    /// <summary>Whether a constant stands at a place.</summary>
    public bool IsConstant(int index) => index < tokens.Count && tokens[index].Kind == SqlTokenKind.Constant;

    /// <summary>Whether the tokens from a place on are these keywords.</summary>
    public bool Say(int at, params ReadOnlySpan<string> keywords)
    {
        for (var i = 0; i < keywords.Length; i++)
        {
            if (at + i >= tokens.Count || tokens[at + i].Kind != SqlTokenKind.Word || !this[at + i].Equals(keywords[i], StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether one of the keywords stands at a place.</summary>
    public bool SayAny(int at, params ReadOnlySpan<string> keywords)
    {
        foreach (var keyword in keywords)
        {
            if (Say(at, keyword))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Where a keyword stands first; -1 for nowhere.</summary>
    public int Find(string keyword, int from = 0)
    {
        for (var i = from; i < tokens.Count; i++)
        {
            if (Say(i, keyword))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>A name with its schema, as written, and the place behind it.</summary>
    public (string Name, int Next) NameAt(int at)
    {
        var name = this[at++];
        while (string.Equals(this[at], ".", StringComparison.Ordinal))
        {
            name += "." + this[at + 1];
            at += 2;
        }

        return (name, at);
    }
}
