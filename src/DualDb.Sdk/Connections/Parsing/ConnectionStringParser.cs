namespace DualDb.Connections.Parsing;

/// <summary>Reads the forms in which a database's address is handed out.</summary>
internal static class ConnectionStringParser
{
    /// <summary>Reads a URI or a keyword string.</summary>
    /// <param name="text">The text; not blank.</param>
    /// <exception cref="ConnectionStringException">The text is malformed.</exception>
    public static ParsedConnectionString Parse(string text)
    {
        var trimmed = text.Trim();
        RefuseCopiedWrapping(trimmed);

        var schemeEnd = trimmed.IndexOf("://", StringComparison.Ordinal);
        var parsed = schemeEnd > 0 && IsScheme(trimmed.AsSpan(0, schemeEnd))
            ? PostgresUri.Parse(trimmed, RequirePostgres(trimmed[..schemeEnd]))
            : KeywordString.Parse(trimmed);

        if (string.IsNullOrWhiteSpace(parsed.Builder.Host))
        {
            throw new ConnectionStringException("It names no host. Write postgresql://user:password@host/database, or Host=….");
        }

        return parsed;
    }

    /// <summary>Consoles show the URI inside a command line or quotes, and copying takes them along.</summary>
    private static void RefuseCopiedWrapping(string text)
    {
        if (text.StartsWith("psql ", StringComparison.OrdinalIgnoreCase))
        {
            throw new ConnectionStringException("It begins with the psql command. Keep only the URI between the quotes.");
        }

        if (text[0] is '\'' or '"' or '`')
        {
            throw new ConnectionStringException("It begins with a quotation mark. Remove the quotation marks around it.");
        }

        if (text.StartsWith("jdbc:", StringComparison.OrdinalIgnoreCase))
        {
            throw new ConnectionStringException("It is a JDBC URL. Use the vendor's postgresql:// URI instead.");
        }
    }

    private static string RequirePostgres(string scheme)
        => scheme.Equals("postgresql", StringComparison.OrdinalIgnoreCase) || scheme.Equals("postgres", StringComparison.OrdinalIgnoreCase)
            ? scheme
            : throw new ConnectionStringException($"Its scheme is {scheme}. Use a postgresql:// or postgres:// URI.");

    /// <summary>Tells a URI from a keyword string whose password happens to hold <c>://</c>.</summary>
    private static bool IsScheme(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('+' or '-' or '.'))
            {
                return false;
            }
        }

        return true;
    }
}
