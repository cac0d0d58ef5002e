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

    private static StatementWords WordsOf(string text, int most)
    {
        var scanner = new SqlScanner(text);
        var tokens = new List<SqlToken>();
        for (var token = scanner.Next(); token.Kind != SqlTokenKind.End && tokens.Count < most; token = scanner.Next())
        {
            if (token.Kind != SqlTokenKind.LineComment)
            {
                tokens.Add(token);
            }
        }

        return new StatementWords(text, tokens);
    }
}
