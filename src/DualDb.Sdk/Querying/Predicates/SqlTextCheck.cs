namespace DualDb.Querying;

/// <summary>
/// Refuses text that would not stay one condition: a semicolon, a comment, a parameter numbered by hand, quotes or parentheses that do not match.
/// </summary>
internal sealed class SqlTextCheck(int expectedLength)
{
    private readonly System.Text.StringBuilder _text = new(expectedLength);
    private int _depth;
    private char _quote;

    public void Add(string text)
    {
        _text.Append(text);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            var next = i + 1 < text.Length ? text[i + 1] : '\0';
            if (_quote != '\0')
            {
                _quote = c == _quote ? '\0' : _quote;
                continue;
            }

            switch (c)
            {
                case '\'' or '"':
                    _quote = c;
                    break;

                case '(':
                    _depth++;
                    break;

                case ')' when --_depth < 0:
                    throw Refused("closes a parenthesis that it did not open");

                case ';':
                    throw Refused("holds a semicolon, which would end the statement");

                case '-' when next == '-':
                case '/' when next == '*':
                    throw Refused("begins a comment, which would hide what follows");

                case '$' when char.IsAsciiDigit(next) || next == '$':
                    throw Refused("holds a parameter or a quote with a dollar sign; put values into holes: {value}");

                case '\0':
                    throw Refused("holds the character U+0000");
            }
        }
    }

    public void RequireWhole()
    {
        if (_quote != '\0')
        {
            throw Refused("leaves a quote open");
        }

        if (_depth > 0)
        {
            throw Refused("leaves a parenthesis open");
        }
    }

    private FormatException Refused(string fault) => new($"The SQL condition \"{_text}\" {fault}. Write one complete condition.");
}
