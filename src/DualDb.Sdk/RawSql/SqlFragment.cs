namespace DualDb;

/// <summary>A piece of SQL text for a hole of an interpolated statement, where a value would become a parameter.</summary>
/// <example><code>
/// var table = SqlFragment.Identifier("order lines");
/// var direction = SqlFragment.Raw(descending ? "desc" : "asc");
/// var rows = await db.Neon.QueryAsync&lt;Line&gt;($"select * from {table} where order_id = {id} order by position {direction}", ct);
/// </code></example>
public readonly struct SqlFragment
{
    private readonly string? _text;

    private SqlFragment(string text) => _text = text;

    /// <summary>The SQL text.</summary>
    public string Text => _text ?? "";

    /// <summary>SQL text that is inserted as it is. Never hand over what came from outside the program: that is what parameters are for.</summary>
    /// <param name="sql">The text.</param>
    public static SqlFragment Raw(string sql)
    {
        ArgumentNullException.ThrowIfNull(sql);
        return new SqlFragment(sql);
    }

    /// <summary>A name of a table, column or the like, quoted so that any name is safe and keeps its case.</summary>
    /// <param name="name">The name, as PostgreSQL stores it; 1 or more characters, without U+0000.</param>
    /// <exception cref="ArgumentException">The name is empty or holds U+0000.</exception>
    public static SqlFragment Identifier(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return name.Contains('\0', StringComparison.Ordinal)
            ? throw new ArgumentException("A name cannot hold the character U+0000.", nameof(name))
            : new SqlFragment("\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"");
    }

    /// <summary>A name and the schema that holds it, each quoted.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="name">The name.</param>
    /// <exception cref="ArgumentException">A part is empty or holds U+0000.</exception>
    public static SqlFragment Identifier(string schema, string name) => new($"{Identifier(schema).Text}.{Identifier(name).Text}");

    /// <summary>The SQL text.</summary>
    public override string ToString() => Text;
}
