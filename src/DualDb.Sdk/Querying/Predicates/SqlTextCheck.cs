namespace DualDb.Querying;

/// <summary>
/// Refuses text that would not stay one condition: a semicolon, a comment, a parameter numbered by hand, quotes or parentheses that do not match.
/// </summary>
internal sealed class SqlTextCheck(int expectedLength)
{
    private readonly System.Text.StringBuilder _text = new(expectedLength);
    private int _depth;
    private char _quote;
    private bool _hasEscapes;
    private bool _isEscaped;

    /// <summary>Adds text.</summary>
    /// <exception cref="FormatException">It could end the condition, or begin a comment.</exception>
    public void Add(string text)
    {
        var start = _text.Length;
        _text.Append(text);
        for (var i = start; i < _text.Length; i++)
        {
            var c = _text[i];
            var last = i > 0 ? _text[i - 1] : '\0';
            if (c == '\0' || !IsWhole(i))
            {
                throw Refused("holds a character that PostgreSQL has none for: U+0000, or half of a surrogate pair");
            }

            if (_quote != '\0')
            {
                Continue(c);
                continue;
            }

            switch (c)
            {
                case '\'' or '"':
                    _quote = c;

                    // In E'…' a backslash takes the meaning from the quote behind it.
                    _hasEscapes = c == '\'' && (last == '\'' ? _hasEscapes : last is 'e' or 'E' && (i < 2 || !IsPartOfName(_text[i - 2])));
                    break;

                case '(':
                    _depth++;
                    break;

                case ')' when --_depth < 0:
                    throw Refused("closes a parenthesis that it did not open");

                case ';':
                    throw Refused("holds a semicolon, which would end the statement");

                case '-' when last == '-':
                case '*' when last == '/':
                    throw Refused("begins a comment, which would hide what follows");

                case '$' when !IsPartOfName(last):
                    throw Refused("holds a parameter or a quote with a dollar sign; put values into holes: {value}");
            }
        }
    }

    /// <summary>Marks the place of a value, a column or a condition.</summary>
    /// <exception cref="FormatException">It is within quotes, where it would be text.</exception>
    public void AddHole(string? expression)
    {
        _text.Append('{').Append(expression).Append('}');
        if (_quote != '\0')
        {
            throw Refused("has a hole within quotes, where it would be taken for text. Leave out the quotes: the value is a parameter");
        }
    }

    /// <summary>Looks at the text as a whole.</summary>
    /// <exception cref="FormatException">It is empty, or quotes or parentheses do not match.</exception>
    public void RequireWhole()
    {
        if (string.IsNullOrWhiteSpace(_text.ToString()))
        {
            throw Refused("is empty");
        }

        if (_quote != '\0')
        {
            throw Refused("leaves a quote open");
        }

        if (_depth > 0)
        {
            throw Refused("leaves a parenthesis open");
        }
    }

    private void Continue(char c)
    {
        if (_isEscaped)
        {
            _isEscaped = false;
        }
        else if (c == '\\' && _hasEscapes)
        {
            _isEscaped = true;
        }
        else if (c == _quote)
        {
            _quote = '\0';
        }
    }

    private bool IsWhole(int i)
        => char.IsHighSurrogate(_text[i]) ? i + 1 < _text.Length && char.IsLowSurrogate(_text[i + 1])
            : !char.IsLowSurrogate(_text[i]) || (i > 0 && char.IsHighSurrogate(_text[i - 1]));

    private static bool IsPartOfName(char c) => char.IsLetterOrDigit(c) || c is '_' or '$' || c > '\u007f';

    private FormatException Refused(string fault) => new($"The SQL condition \"{_text}\" {fault}. Write one complete condition.");
}
