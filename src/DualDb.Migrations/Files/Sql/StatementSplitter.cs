namespace DualDb.Migrations.Files.Sql;

/// <summary>Takes a text apart into its statements: those of the way up, and behind <c>-- down:</c> those of the way down.</summary>
internal sealed class StatementSplitter
{
    private const string NoWayDown = "a seed has no way down: remove '-- down:' and what follows it";

    private const int LongestMetaCommand = 20;

    /// <summary>What a statement is, is told by its first words. The rows of one may be many millions of tokens, which nobody asks for.</summary>
    private const int MostTokens = 4096;

    private readonly string _text;
    private readonly bool _isolated;
    private readonly SeedPart? _seed;
    private readonly LinePositions _lines;
    private readonly List<SqlToken> _tokens = [];
    private readonly List<SqlStatement> _up = [];
    private SqlToken _last;
    private List<SqlStatement>? _down;
    private int _parentheses;
    private int _atomic;
    private int _end;

    private StatementSplitter(string text, bool isolated, SeedPart? seed = null)
    {
        _text = text;
        _isolated = isolated;
        _seed = seed;
        _lines = new LinePositions(text);
    }

    /// <summary>Takes a text apart.</summary>
    /// <param name="text">The text, with line feeds only.</param>
    /// <param name="isolated">Whether the file says <c>transaction: none</c>.</param>
    /// <returns>The statements up, and those down: null where nothing is said of them, empty for <c>-- down: none</c>.</returns>
    /// <exception cref="SqlScanException">Something has no end, or a statement cannot be part of a migration.</exception>
    public static (IReadOnlyList<SqlStatement> Up, IReadOnlyList<SqlStatement>? Down) Split(string text, bool isolated)
    {
        var splitter = new StatementSplitter(text, isolated);
        splitter.Run();
        return (splitter._up, splitter._down);
    }

    /// <summary>Takes a part of a seed apart: the statements that have a semicolon behind them, and behind the last part all.</summary>
    /// <param name="text">The text that is there, with line feeds only.</param>
    /// <param name="part">Which part it is.</param>
    /// <returns>The statements, and the place up to which the text is done.</returns>
    /// <exception cref="SqlScanException">Something has no end, or a statement cannot be part of a seed.</exception>
    public static (IReadOnlyList<SqlStatement> Statements, int End) SplitSeed(string text, SeedPart part)
    {
        var splitter = new StatementSplitter(text, isolated: false, part);
        try
        {
            splitter.RunOver();
        }
        catch (SqlScanException open) when (open.IsOpen && !part.IsLast)
        {
            // What ends it comes with the next part of the text.
        }

        if (part.IsLast)
        {
            splitter.EndStatement();
            splitter._end = text.Length;
        }

        return splitter._down is null ? (splitter._up, splitter._end) : throw new SqlScanException(splitter._end, NoWayDown);
    }

    private void Run()
    {
        RunOver();
        EndStatement();
    }

    private void RunOver()
    {
        var scanner = new SqlScanner(_text);
        for (var token = scanner.Next(); token.Kind != SqlTokenKind.End; token = scanner.Next())
        {
            if (token.Kind == SqlTokenKind.LineComment)
            {
                TakeComment(token);
            }
            else if (Is(token, ';') && _parentheses == 0 && _atomic == 0)
            {
                EndStatement();
                _end = token.End;
            }
            else
            {
                Take(token);
            }
        }
    }

    private void Take(SqlToken token)
    {
        if (Is(token, '\\'))
        {
            throw new SqlScanException(token.Start, $"'{MetaCommand(token.Start)}' is a command of psql, which the server does not know: write the SQL that it stands for");
        }

        if (token.Kind == SqlTokenKind.Symbol)
        {
            _parentheses = Math.Max(0, _parentheses + (_text[token.Start] switch { '(' => 1, ')' => -1, _ => 0 }));
        }
        else if (token.Kind == SqlTokenKind.Word)
        {
            FollowBody(token);
        }

        _last = token;
        if (_tokens.Count < MostTokens)
        {
            _tokens.Add(token);
        }
    }

    /// <summary>The body of <c>create function … begin atomic …; …; end</c> holds semicolons; <c>case … end</c> lies within.</summary>
    private void FollowBody(SqlToken token)
    {
        // Behind 'as', and behind the dot of a qualified name, any keyword is a name.
        if (_tokens.Count > 0 && (Says(_last, "as") || Is(_last, '.')))
        {
            return;
        }

        if (_atomic > 0)
        {
            _atomic += Says(token, "case") ? 1 : Says(token, "end") ? -1 : 0;
        }
        else if (Says(token, "atomic") && _tokens.Count > 1 && Says(_last, "begin") && Says(_tokens[0], "create"))
        {
            _atomic = 1;
        }
    }

    private void TakeComment(SqlToken comment)
    {
        if (_seed is { IsLast: false } && comment.End == _text.Length)
        {
            // Its end may be missing; it comes again with the next part.
            return;
        }

        var said = _text.Substring(comment.Start + 2, comment.Length - 2).Trim(' ', '\t');
        if (!IsDownMark(said))
        {
            if ((_seed is { } seed ? MarkRefusals.ReasonInSeed(_text, comment.Start, said, seed.IsFirst) : MarkRefusals.Reason(_text, comment.Start, said)) is { } reason)
            {
                throw new SqlScanException(comment.Start, reason);
            }

            return;
        }

        if (_down is not null)
        {
            throw new SqlScanException(comment.Start, "a second '-- down:' stands here: a file has one, and all that follows it leads back");
        }

        EndStatement();
        _down = [];
    }

    private void EndStatement()
    {
        if (_tokens.Count > 0)
        {
            var start = _tokens[0].Start;
            var words = new StatementWords(_text, _tokens);
            if (StatementRefusals.Reason(words) is { } reason)
            {
                throw new SqlScanException(start, reason);
            }

            var (line, column) = _lines.Of(start);
            var (kind, target, relation) = StatementRecognition.Recognise(words, start, _isolated);
            (_down ?? _up).Add(new SqlStatement(_text.Substring(start, _last.End - start), line, column, kind, target, relation));
        }

        _tokens.Clear();
        _parentheses = _atomic = 0;
    }

    private bool Is(SqlToken token, char symbol) => token.Kind == SqlTokenKind.Symbol && _text[token.Start] == symbol;

    private bool Says(SqlToken token, string keyword)
        => token.Kind == SqlTokenKind.Word && _text.AsSpan(token.Start, token.Length).Equals(keyword, StringComparison.OrdinalIgnoreCase);

    private static bool IsDownMark(string comment)
        => comment.StartsWith("down:", StringComparison.Ordinal) && comment.Substring("down:".Length).TrimStart(' ', '\t') is "" or "none";

    private string MetaCommand(int start)
    {
        var end = start + 1;
        while (end < _text.Length && end - start <= LongestMetaCommand && !char.IsWhiteSpace(_text[end]))
        {
            end++;
        }

        return _text.Substring(start, end - start);
    }
}
