using DualDb.Migrations.Files.Sql;

namespace DualDb.Migrations.Linting;

/// <summary>Statements as words.</summary>
internal static class StatementText
{
    public static StatementWords WordsOf(string text)
    {
        var scanner = new SqlScanner(text);
        var tokens = new List<SqlToken>();
        for (var token = scanner.Next(); token.Kind != SqlTokenKind.End; token = scanner.Next())
        {
            if (token.Kind != SqlTokenKind.LineComment)
            {
                tokens.Add(token);
            }
        }

        return new StatementWords(text, tokens);
    }
}
