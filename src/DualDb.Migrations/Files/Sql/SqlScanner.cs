namespace DualDb.Migrations.Files.Sql;

/// <summary>
/// Reads SQL as PostgreSQL's own scanner does (manual, 4.1), as far as it takes to tell a semicolon that ends a statement from one within a text. It goes over the text once.
/// </summary>
/// <param name="text">The text.</param>
internal sealed class SqlScanner(string text)
{
    private int _at;

    /// <summary>The next piece; comments in blocks and white space are passed over.</summary>
    /// <exception cref="SqlScanException">A constant, a name or a comment has no end.</exception>
    public SqlToken Next()
    {
        SkipSpace();
        if (_at >= text.Length)
        {
            return new SqlToken(SqlTokenKind.End, text.Length, 0);
        }

        var start = _at;
        var kind = Read();
        return new SqlToken(kind, start, _at - start);
    }

    private SqlTokenKind Read()
    {
        var first = text[_at];
        if (first == '\'')
        {
            SkipQuoted('\'', escapes: false, "constant");
            return SqlTokenKind.Constant;
        }

        if (first == '"')
        {
            SkipQuoted('"', escapes: false, "quoted name");
            return SqlTokenKind.QuotedName;
        }

        if (first == '$' && TrySkipDollarQuoted())
        {
            return SqlTokenKind.Constant;
        }

        if (first == '-' && Peek(1) == '-')
        {
            var end = text.IndexOf('\n', _at);
            _at = end < 0 ? text.Length : end;
            return SqlTokenKind.LineComment;
        }

        return IsWordPart(first) ? ReadWord() : ReadSymbol();
    }

    private SqlTokenKind ReadSymbol()
    {
        _at++;
        return SqlTokenKind.Symbol;
    }

    private SqlTokenKind ReadWord()
    {
        var start = _at;
        while (_at < text.Length && (IsWordPart(text[_at]) || text[_at] == '$'))
        {
            _at++;
        }

        if (_at >= text.Length)
        {
            return SqlTokenKind.Word;
        }

        // E'…' is the one constant in which a backslash takes the quote's meaning away.
        var prefix = text.AsSpan(start, _at - start);
        if (text[_at] == '\'' && prefix.Length == 1 && "eEbBxXnN".Contains(prefix[0], StringComparison.Ordinal))
        {
            SkipQuoted('\'', escapes: prefix[0] is 'e' or 'E', "constant");
            while (prefix[0] is 'e' or 'E' && TrySkipToContinuation())
            {
                SkipQuoted('\'', escapes: true, "constant");
            }

            return SqlTokenKind.Constant;
        }

        if (text[_at] == '&' && prefix.Length == 1 && prefix[0] is 'u' or 'U' && Peek(1) is '\'' or '"')
        {
            _at++;
            var quote = text[_at];
            SkipQuoted(quote, escapes: false, quote == '"' ? "quoted name" : "constant");
            return quote == '"' ? SqlTokenKind.QuotedName : SqlTokenKind.Constant;
        }

        return SqlTokenKind.Word;
    }

    // A doubled quote needs no rule of its own: it ends one constant and begins the next, and no semicolon lies between.
    private void SkipQuoted(char quote, bool escapes, string what)
    {
        var start = _at++;
        while (_at < text.Length)
        {
            if (escapes && text[_at] == '\\')
            {
                _at += 2;
            }
            else if (text[_at++] != quote)
            {
                continue;
            }
            else if (_at < text.Length && text[_at] == quote)
            {
                _at++;
            }
            else
            {
                return;
            }
        }

        throw new SqlScanException(start, $"a {what} that begins here has no end") { IsOpen = true };
    }

    // On a line of its own a constant goes on, and a backslash means there what it has meant before.
    private bool TrySkipToContinuation()
    {
        var (at, hasLine) = (_at, false);
        while (at < text.Length)
        {
            if (text[at] is ' ' or '\t' or '\n' or '\r' or '\f' or '\v')
            {
                hasLine |= text[at++] is '\n' or '\r';
            }
            else if (text[at] == '-' && at + 1 < text.Length && text[at + 1] == '-')
            {
                var end = text.IndexOf('\n', at);
                at = end < 0 ? text.Length : end;
            }
            else
            {
                break;
            }
        }

        if (!hasLine || at >= text.Length || text[at] != '\'')
        {
            return false;
        }

        _at = at;
        return true;
    }

    private bool TrySkipDollarQuoted()
    {
        var end = _at + 1;
        while (end < text.Length && IsWordPart(text[end]))
        {
            end++;
        }

        // $1 is a parameter: the name between the dollars does not begin with a digit.
        if (end >= text.Length || text[end] != '$' || char.IsAsciiDigit(text[_at + 1]))
        {
            return false;
        }

        var start = _at;
        var delimiter = text.Substring(start, end + 1 - start);
        var close = text.IndexOf(delimiter, end + 1, StringComparison.Ordinal);
        if (close < 0)
        {
            throw new SqlScanException(start, $"a constant that begins here with {delimiter} has no end") { IsOpen = true };
        }

        _at = close + delimiter.Length;
        return true;
    }

    private void SkipSpace()
    {
        while (_at < text.Length)
        {
            if (text[_at] is ' ' or '\t' or '\n' or '\r' or '\f' or '\v')
            {
                _at++;
            }
            else if (text[_at] == '/' && Peek(1) == '*')
            {
                SkipBlockComment();
            }
            else
            {
                return;
            }
        }
    }

    // They nest in PostgreSQL, other than in C.
    private void SkipBlockComment()
    {
        var start = _at;
        var depth = 0;
        do
        {
            if (_at + 1 >= text.Length)
            {
                throw new SqlScanException(start, "a comment that begins here has no end") { IsOpen = true };
            }

            var change = (text[_at], text[_at + 1]) switch { ('/', '*') => 1, ('*', '/') => -1, _ => 0 };
            depth += change;
            _at += change == 0 ? 1 : 2;
        }
        while (depth > 0);
    }

    private char Peek(int ahead) => _at + ahead < text.Length ? text[_at + ahead] : '\0';

    private static bool IsWordPart(char character) => char.IsLetterOrDigit(character) || character == '_' || character > '\x7f';
}

/// <summary>A text that the scanner cannot read to its end.</summary>
/// <param name="position">Where the trouble begins.</param>
/// <param name="reason">What it is, as a clause.</param>
internal sealed class SqlScanException(int position, string reason) : Exception(reason)
{
    public int Position { get; } = position;

    /// <summary>Whether more text could have ended what has no end.</summary>
    public bool IsOpen { get; init; }
}
