using DualDb.Querying;

namespace DualDb;

/// <summary>Conditions on columns of text. None is true of NULL.</summary>
public static class TextColumns
{
// A column of string and one of string? must both do, without a warning: the compiler is told nothing of null here.
#nullable disable
    /// <summary>The text matches a pattern.</summary>
    /// <typeparam name="TEntity">The entity.</typeparam>
    /// <param name="column">The column.</param>
    /// <param name="pattern"><c>%</c> stands for any text, <c>_</c> for one character; a backslash before either stands for itself.</param>
    /// <exception cref="ArgumentException">The pattern ends with a backslash that escapes nothing.</exception>
    public static Filter<TEntity> Like<TEntity>(this Column<TEntity, string> column, string pattern)
        where TEntity : class
        => Matching(column, pattern, ignoreCase: false);

    /// <summary>The text matches a pattern, whatever the case of its letters. The database's locale says which letters are alike; in memory, the invariant one.</summary>
    /// <typeparam name="TEntity">The entity.</typeparam>
    /// <param name="column">The column.</param>
    /// <param name="pattern"><c>%</c> stands for any text, <c>_</c> for one character; a backslash before either stands for itself.</param>
    /// <exception cref="ArgumentException">The pattern ends with a backslash that escapes nothing.</exception>
    public static Filter<TEntity> ILike<TEntity>(this Column<TEntity, string> column, string pattern)
        where TEntity : class
        => Matching(column, pattern, ignoreCase: true);

    /// <summary>The text begins with another; no character of it has a special meaning.</summary>
    /// <typeparam name="TEntity">The entity.</typeparam>
    /// <param name="column">The column.</param>
    /// <param name="text">The beginning.</param>
    /// <param name="ignoreCase">Whether letters that differ only in case are alike.</param>
    public static Filter<TEntity> StartsWith<TEntity>(this Column<TEntity, string> column, string text, bool ignoreCase = false)
        where TEntity : class
        => Matching(column, Escaped(text) + "%", ignoreCase);

    /// <summary>The text ends with another; no character of it has a special meaning.</summary>
    /// <typeparam name="TEntity">The entity.</typeparam>
    /// <param name="column">The column.</param>
    /// <param name="text">The end.</param>
    /// <param name="ignoreCase">Whether letters that differ only in case are alike.</param>
    public static Filter<TEntity> EndsWith<TEntity>(this Column<TEntity, string> column, string text, bool ignoreCase = false)
        where TEntity : class
        => Matching(column, "%" + Escaped(text), ignoreCase);

    /// <summary>The text contains another; no character of it has a special meaning.</summary>
    /// <typeparam name="TEntity">The entity.</typeparam>
    /// <param name="column">The column.</param>
    /// <param name="text">The part.</param>
    /// <param name="ignoreCase">Whether letters that differ only in case are alike.</param>
    public static Filter<TEntity> Contains<TEntity>(this Column<TEntity, string> column, string text, bool ignoreCase = false)
        where TEntity : class
        => Matching(column, "%" + Escaped(text) + "%", ignoreCase);

    /// <summary>
    /// The text has the words of a search, as PostgreSQL's full-text search finds them: <c>gift -wrap "red ribbon" or bow</c>. An index on
    /// <c>to_tsvector('english', column)</c> makes it fast. Only PostgreSQL can evaluate it.
    /// </summary>
    /// <typeparam name="TEntity">The entity.</typeparam>
    /// <param name="column">The column.</param>
    /// <param name="query">The search, in the form that web searches have; no input is an error.</param>
    /// <param name="configuration">The text search configuration: <c>simple</c> takes words as they are, <c>english</c> knows their forms.</param>
    /// <exception cref="ArgumentException">The configuration is not a plain name.</exception>
    public static Filter<TEntity> Matches<TEntity>(this Column<TEntity, string> column, string query, string configuration = "simple")
        where TEntity : class
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentException.ThrowIfNullOrEmpty(configuration);
        return configuration.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.')
            ? new SearchPredicate<TEntity>(column.Operand, query, configuration, column.Member)
            : throw new ArgumentException($"\"{configuration}\" is no name of a text search configuration. Use one such as simple or english.", nameof(configuration));
    }

    /// <summary>The text in lower case, by the database's locale; in memory, by the invariant one.</summary>
    /// <typeparam name="TEntity">The entity.</typeparam>
    /// <param name="column">The column.</param>
    public static Column<TEntity, string> ToLower<TEntity>(this Column<TEntity, string> column)
        where TEntity : class
        => Computed.Text(column, "lower", static text => text.ToLowerInvariant());

    /// <summary>The text in upper case, by the database's locale; in memory, by the invariant one.</summary>
    /// <typeparam name="TEntity">The entity.</typeparam>
    /// <param name="column">The column.</param>
    public static Column<TEntity, string> ToUpper<TEntity>(this Column<TEntity, string> column)
        where TEntity : class
        => Computed.Text(column, "upper", static text => text.ToUpperInvariant());

    /// <summary>How many code points the text has.</summary>
    /// <typeparam name="TEntity">The entity.</typeparam>
    /// <param name="column">The column.</param>
    public static Column<TEntity, int?> Length<TEntity>(this Column<TEntity, string> column)
        where TEntity : class
        => Computed.Number(column, "length", "length(", ")", static text => text.EnumerateRunes().Count());

    private static LikePredicate<TEntity> Matching<TEntity>(Column<TEntity, string> column, string pattern, bool ignoreCase)
        where TEntity : class
    {
        ArgumentNullException.ThrowIfNull(pattern);
        LikePattern.Check(pattern);
        return new LikePredicate<TEntity>(column.Operand, pattern, ignoreCase, column.Member);
    }

    private static string Escaped(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return LikePattern.Escape(text);
    }
#nullable restore
}
