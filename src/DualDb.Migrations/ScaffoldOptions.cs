namespace DualDb.Migrations;

/// <summary>How migrations are written from a model.</summary>
public sealed class ScaffoldOptions
{
    /// <summary>The clock that dates the files. The system's unless set.</summary>
    public TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>
    /// The root whose databases the model is compared with, as they are now, in place of the snapshot: where a schema was changed by hand, or came from elsewhere. Tables that neither the model nor the snapshot knows are left
    /// alone. Null, the default, compares with the snapshot and asks no database.
    /// </summary>
    public IDualDatabase? CompareWith { get; set; }

    /// <summary>
    /// Whether a folder that holds migrations and no snapshot is taken for one whose databases are empty. False unless set: tables that are there already would be created once more.
    /// </summary>
    public bool StartsFromNothing { get; set; }

    /// <summary>
    /// What is only called otherwise, besides what the model marks with <see cref="RenamedFromAttribute"/>: the new name as <c>neon/public.orders</c> or <c>neon/public.orders.total</c>, and the old name of the table or the column.
    /// </summary>
    public IDictionary<string, string> Renames { get; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
