namespace DualDb.Migrations.Files.Sql;

/// <summary>
/// Comments that are meant for a migrator and would be passed over: a way down that is called otherwise would be run on the way up, and a line of the header below the first statement would say nothing.
/// </summary>
internal static class MarkRefusals
{
    /// <summary>The keys of a header.</summary>
    public static readonly string[] Keys = ["requires", "conflicts", "phase", "transaction", "timeout", "batch", "move", "accept"];

    /// <summary>As other tools write where the way down begins.</summary>
    private static readonly string[] OtherDowns = ["+goose down", "+migrate down", "migrate:down", "//@undo"];

    /// <summary>Why a comment is refused, as a clause with the next step; null where it is not.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where the comment begins.</param>
    /// <param name="said">What it says.</param>
    public static string? Reason(string text, int start, string said)
        => !BeginsLine(text, start, isTop: true) ? null
            : IsDown(said) ? NoDown(said)
            : IsOfHeader(text, start, said) ? $"'-- {said}' stands below the header, which ends with the first line that is neither empty nor a comment that begins with '--', and would say nothing: move it to the top, or write another comment"
            : null;

    /// <summary>The same of a seed, which has no header: at its top, such a line would say nothing, and between rows it is a comment like any other.</summary>
    /// <param name="text">A part of the text.</param>
    /// <param name="start">Where the comment begins.</param>
    /// <param name="said">What it says.</param>
    /// <param name="isTop">Whether the part is the first one.</param>
    public static string? ReasonInSeed(string text, int start, string said, bool isTop)
        => !BeginsLine(text, start, isTop) ? null
            : IsDown(said) ? NoDown(said)
            : isTop && SaysKey(said) && !HasEnded(text, start) ? $"'-- {said}' is a line of a migration's header, and would say nothing: a seed has none. Remove it, or write another comment"
            : null;

    private static string NoDown(string said) => $"'-- {said}' does not begin the way down, and what follows would be run on the way up: write '-- down:' or '-- down: none', or another comment";

    private static bool IsDown(string said)
        => said.Equals("down", StringComparison.OrdinalIgnoreCase) || said.StartsWith("down:", StringComparison.OrdinalIgnoreCase) || Array.Exists(OtherDowns, other => said.StartsWith(other, StringComparison.OrdinalIgnoreCase));

    private static bool IsOfHeader(string text, int start, string said)
        => SaysKey(said) && HasEnded(text, start);

    private static bool SaysKey(string said) => Array.Exists(Keys, key => said.StartsWith(key + ":", StringComparison.Ordinal));

    // A line of the header that can be read was read, and refused there where it is wrong.
    private static bool HasEnded(string text, int start)
    {
        for (var at = 0; at < start;)
        {
            var end = text.IndexOf('\n', at);
            end = end < 0 ? text.Length : end;
            var line = text.Substring(at, end - at).Trim();
            if (line.Length > 0 && !line.StartsWith("--", StringComparison.Ordinal))
            {
                return true;
            }

            at = end + 1;
        }

        return false;
    }

    private static bool BeginsLine(string text, int start, bool isTop)
    {
        while (start > 0 && text[start - 1] is ' ' or '\t')
        {
            start--;
        }

        return start == 0 ? isTop : text[start - 1] == '\n';
    }
}
