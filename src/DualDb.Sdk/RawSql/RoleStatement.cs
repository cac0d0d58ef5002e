using System.Text.RegularExpressions;

namespace DualDb.RawSql;

/// <summary>
/// Refuses SQL of a user's own that changes the role: without <c>LOCAL</c> it would stay on the connection, which others are given next. Only what the statement itself says is looked at; blocks and
/// functions can do the same.
/// </summary>
internal static partial class RoleStatement
{
    /// <exception cref="NotSupportedException">The database acts as a user, and the statement would change the role.</exception>
    public static void Refuse(PostgresDatabase database, SqlInterpolation sql)
    {
        if (database.ActsAs is not null && Pattern().IsMatch(sql.Sql))
        {
            throw new NotSupportedException(
                "A statement of a user may not change the role: it would stay on the connection, which others are given next, or leave the rest of the transaction with the rights of the login role. "
                + "Act as another with AsUser, as the application with the root that acts as no user, or in a smaller role for the rest of the transaction with SET LOCAL ROLE.");
        }
    }

    [GeneratedRegex(
        """^(?:\s|--[^\n]*\n|/\*.*?\*/)*(?:set\s+(?:session\s+)?|reset\s+)"?(?:role|session[\s_]+authorization)\b""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
