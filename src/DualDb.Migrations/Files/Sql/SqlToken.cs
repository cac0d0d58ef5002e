using System.Runtime.InteropServices;

namespace DualDb.Migrations.Files.Sql;

/// <summary>What a piece of SQL text is, as far as the borders of statements depend on it.</summary>
internal enum SqlTokenKind
{
    /// <summary>The end of the text.</summary>
    End,

    /// <summary>A keyword, a name without quotes or a number.</summary>
    Word,

    /// <summary>A name in double quotes.</summary>
    QuotedName,

    /// <summary>A constant: in quotes of any kind, or between dollars.</summary>
    Constant,

    /// <summary>A single other character.</summary>
    Symbol,

    /// <summary>A comment to the end of its line.</summary>
    LineComment,
}

/// <summary>A piece of SQL text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Where it begins.</param>
/// <param name="Length">How long it is.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SqlToken(SqlTokenKind Kind, int Start, int Length)
{
    /// <summary>Behind its last character.</summary>
    public int End => Start + Length;
}
