namespace DualDb.Migrations.Files.Sql;

/// <summary>Statements that a migration cannot hold.</summary>
internal static class StatementRefusals
{
    /// <summary>Why a statement is refused, as a clause with the next step; null where it is not.</summary>
    public static string? Reason(StatementWords words)
    {
        if (words.Say(0, "copy"))
        {
            return "COPY needs a client that sends its rows, which a migration is not: write INSERT statements, or load the rows with InsertManyAsync";
        }

        if (words.Say(0, "set") && words.Find("standard_conforming_strings") is > 0 and < 3)
        {
            return "a backslash would mean something else in the constants that follow, and statements end elsewhere than they seem to: write constants as E'…' where a backslash is to take a character's meaning away";
        }

        var ends = words.SayAny(0, "begin", "commit", "rollback", "savepoint", "end", "abort", "release")
            || words.Say(0, "start", "transaction")
            || words.Say(0, "prepare", "transaction");
        return ends
            ? $"{words[0].ToUpperInvariant()} is not a migration's to say: its statements run in one transaction anyway, and where that is not wanted, '-- transaction: none' in the header has each run by itself. Remove it"
            : null;
    }
}
