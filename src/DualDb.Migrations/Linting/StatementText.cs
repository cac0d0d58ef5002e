using DualDb.Migrations.Files.Sql;

namespace DualDb.Migrations.Linting;

/// <summary>Statements as words.</summary>
internal static class StatementText
{
    /// <summary>How many words tell what a statement does.</summary>
    private const int Enough = 12;

    /// <summary>The first words of a statement, which may be long.</summary>
    public static StatementWords BeginningOf(string text) => WordsOf(text, Enough);

    public static StatementWords WordsOf(string text) => WordsOf(text, int.MaxValue);

    /// <summary>The words of a text that need be no SQL: up to where it cannot be read any more.</summary>
    public static StatementWords ReadableWordsOf(string text)
    {
        var tokens = new List<SqlToken>();
        try
        {
            Read(text, tokens, int.MaxValue);
        }
        catch (SqlScanException)
        {
            // An apostrophe in a sentence, say.
        }

        return new StatementWords(text, tokens);
    }

    private static StatementWords WordsOf(string text, int most)
    {
        var tokens = new List<SqlToken>();
        Read(text, tokens, most);
        return new StatementWords(text, tokens);
    }

    private static void Read(string text, List<SqlToken> tokens, int most)
    {
        var scanner = new SqlScanner(text);
        for (var token = scanner.Next(); token.Kind != SqlTokenKind.End && tokens.Count < most; token = scanner.Next())
        {
            if (token.Kind != SqlTokenKind.LineComment)
            {
                tokens.Add(token);
            }
        }
    }
}
