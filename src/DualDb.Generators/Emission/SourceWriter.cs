using System;
using System.Text;

namespace DualDb.Generators.Emission;

/// <summary>Writes indented lines. Always <c>\n</c>, whatever the machine, so that output is the same everywhere.</summary>
internal sealed class SourceWriter
{
    private const int IndentSize = 4;
    private const int MaxWidth = 140;

    private readonly StringBuilder _text = new();
    private int _indent;

    /// <summary>Writes lines at the current indent; lines after the first keep their own indent beyond it.</summary>
    public void Lines(string lines)
    {
        foreach (var line in lines.Split('\n'))
        {
            var trimmed = line.TrimEnd();
            if (trimmed.Length > 0)
            {
                _text.Append(' ', _indent * IndentSize).Append(trimmed);
            }

            _text.Append('\n');
        }
    }

    /// <summary>Writes a beginning and its end on one line where it stays short, else the end on the next, one level deeper.</summary>
    public void LineOrTwo(string beginning, string end)
        => Lines(beginning + (beginning.Length + end.Length < MaxWidth ? " " : "\n    ") + end);

    /// <summary>Writes an empty line.</summary>
    public void Blank() => _text.Append('\n');

    /// <summary>Opens a block.</summary>
    public void Open()
    {
        Lines("{");
        _indent++;
    }

    /// <summary>Closes a block.</summary>
    public void Close(string ending = "")
    {
        _indent--;
        Lines("}" + ending);
    }

    /// <summary>Writes within one more level of indent.</summary>
    public void Indented(Action write)
    {
        _indent++;
        write();
        _indent--;
    }

    /// <summary>Writes a member that needs an empty line before it unless it is the first of its block.</summary>
    public void Separate()
    {
        if (_text.Length >= 2 && _text[_text.Length - 2] is not '{' and not '\n')
        {
            Blank();
        }
    }

    /// <summary>Writes a text as a raw string literal on lines of its own, one level deeper, followed by an ending.</summary>
    public void RawString(string text, string ending)
    {
        // The fence must be longer than any run of quotes inside: a quoted identifier may begin or end with one.
        var fence = new string('"', Math.Max(3, LongestRunOfQuotes(text) + 1));
        Indented(() => Lines(fence + "\n" + text + "\n" + fence + ending));
    }

    public override string ToString() => _text.ToString();

    private static int LongestRunOfQuotes(string text)
    {
        var longest = 0;
        var run = 0;
        foreach (var c in text)
        {
            run = c == '"' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }
}
