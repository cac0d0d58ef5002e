namespace DualDb;

/// <summary>
/// Maps a class or record to a table in the Supabase database. The type must be <c>partial</c> and have a <see cref="KeyAttribute"/>.
/// </summary>
/// <param name="table">
/// The table, as PostgreSQL spells it. Without it the table is the snake_case plural of the type's name:
/// <c>OrderLine</c> is stored in <c>order_lines</c>.
/// </param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class SupabaseAttribute(string? table = null) : Attribute
{
    /// <summary>The table, or null for the default.</summary>
    public string? Table { get; } = table;

    /// <summary>The schema that holds the table. <c>public</c> unless set; every statement names it.</summary>
    public string Schema { get; set; } = "public";

    /// <summary>
    /// The name of the repository property on the root. Without it, the plural of the type's name: <c>db.OrderLines</c>.
    /// </summary>
    public string? Set { get; set; }
}
