namespace DualDb.Consistency.Sync;

/// <summary>
/// Copies every mapped column of an entity to a table of the same columns in the other database, which has no entity of its own.
/// <c>db.Sync.InstallAsync()</c> creates that table where it is missing.
/// </summary>
/// <example>
/// <code>
/// [Neon]
/// [Sync(To = Database.Supabase, Table = "order_summaries")]
/// public sealed partial record Order([Key(Generated = true)] long Id, string Status, decimal Total);
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class SyncAttribute : Attribute
{
    /// <summary>The database that the copy is in; the other one than the entity's unless set.</summary>
    public Database To { get; set; }

    /// <summary>The table that holds the copy, as PostgreSQL spells it; the entity's own name of it unless set.</summary>
    public string? Table { get; set; }

    /// <summary>The schema of that table, <c>public</c> unless set.</summary>
    public string Schema { get; set; } = "public";

    /// <summary>Which way changes go.</summary>
    public SyncDirection Direction { get; set; }

    /// <summary>What becomes of conflicts. There are none in a map of one direction.</summary>
    public ConflictPolicy OnConflict { get; set; }

    /// <summary>Decides with <see cref="ConflictPolicy.Custom"/>: an <see cref="IConflictResolver{T}"/> of the entity, with a constructor without parameters.</summary>
    public Type? Resolver { get; set; }

    /// <summary>The name under which conflicts and parked rows are kept; the entity's set in lower case unless set. Keep it when the entity is renamed.</summary>
    public string? Name { get; set; }
}
