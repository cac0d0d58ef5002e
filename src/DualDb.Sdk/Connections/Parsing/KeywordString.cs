using System.Data.Common;
using Npgsql;

namespace DualDb.Connections.Parsing;

/// <summary>Reads Npgsql's keyword form, <c>Host=…;Username=…;Password=…</c>, and libpq's names in it as Npgsql does.</summary>
internal static class KeywordString
{
    private static readonly string[] PasswordKeywords = ["password", "pwd", "psw", "passwd", "ssl password", "sslpassword"];

    /// <summary>Reads a keyword string.</summary>
    /// <exception cref="ConnectionStringException">The string is malformed.</exception>
    public static ParsedConnectionString Parse(string text)
    {
        var pairs = Split(text);
        var builder = new NpgsqlConnectionStringBuilder();
        var declaresPooler = false;
        foreach (string keyword in pairs.Keys)
        {
            var value = (string)pairs[keyword];
            if (keyword.Equals("pgbouncer", StringComparison.OrdinalIgnoreCase))
            {
                declaresPooler |= UriValue.Flag(keyword, value);
                continue;
            }

            Set(builder, text, keyword, value);
        }

        return new ParsedConnectionString(builder, declaresPooler);
    }

    private static DbConnectionStringBuilder Split(string text)
    {
        try
        {
            return new DbConnectionStringBuilder { ConnectionString = text };
        }
        catch (ArgumentException)
        {
            throw new ConnectionStringException(
                "It is neither a postgresql:// URI nor a list of Keyword=value pairs with semicolons between them. "
                + "A value that holds ; or = or quotation marks needs quotation marks around it.");
        }
    }

    private static void Set(NpgsqlConnectionStringBuilder builder, string text, string keyword, string value)
    {
        try
        {
            builder[keyword] = value;
        }
        catch (ArgumentException exception) when (exception.InnerException is KeyNotFoundException && FollowsPassword(text, keyword))
        {
            throw new ConnectionStringException(
                "The keyword that follows the password is not known to Npgsql. "
                + "A password that holds ; or = or quotation marks needs quotation marks around it.");
        }
        catch (ArgumentException exception) when (exception.InnerException is KeyNotFoundException)
        {
            throw new ConnectionStringException($"The keyword {keyword} is not known to Npgsql. Correct or remove it.");
        }
        catch (ArgumentException)
        {
            throw new ConnectionStringException($"The value of the keyword {keyword} is malformed.");
        }
    }

    /// <summary>An unquoted semicolon in a password turns its tail into a keyword, which must then not be printed.</summary>
    private static bool FollowsPassword(string text, string keyword)
    {
        var at = text.IndexOf(keyword, StringComparison.OrdinalIgnoreCase);
        while (at >= 0)
        {
            var before = text.AsSpan(0, at).TrimEnd();
            if (before.EndsWith(";"))
            {
                var segment = before[..^1];
                var start = segment.LastIndexOf(';') + 1;
                var equals = segment[start..].IndexOf('=');
                if (equals < 0 || IsPassword(segment.Slice(start, equals).Trim()))
                {
                    return true;
                }
            }

            at = text.IndexOf(keyword, at + 1, StringComparison.OrdinalIgnoreCase);
        }

        return false;
    }

    private static bool IsPassword(ReadOnlySpan<char> keyword)
    {
        foreach (var candidate in PasswordKeywords)
        {
            if (keyword.Equals(candidate, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
