namespace DualDb.Commands.Output;

/// <summary>A part of what people read.</summary>
internal abstract record TextPart;

/// <summary>One or more lines.</summary>
/// <param name="Text">The text.</param>
/// <param name="Tone">How it is meant.</param>
internal sealed record TextLine(string Text, TextTone Tone = TextTone.Plain) : TextPart;

/// <summary>A table.</summary>
/// <param name="Columns">The heads of its columns.</param>
/// <param name="Rows">Its rows.</param>
internal sealed record TextTable(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows) : TextPart;

/// <summary>How a text is meant.</summary>
internal enum TextTone
{
    /// <summary>As it stands.</summary>
    Plain = 0,

    /// <summary>All is well.</summary>
    Good,

    /// <summary>Somebody should look.</summary>
    Warning,

    /// <summary>It went wrong.</summary>
    Bad,
}
