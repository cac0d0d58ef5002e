using System.ComponentModel;

namespace DualDb.Consistency.Sync;

/// <summary>A table that is synchronised, as generated code names it.</summary>
/// <param name="Database">Where it is.</param>
/// <param name="Schema">Its schema, as PostgreSQL stores it.</param>
/// <param name="Table">Its name.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record SyncTable(Database Database, string Schema, string Table)
{
    internal string Name => $"{Schema}.{Table}";

    internal string Quoted => Identifiers.Quote(Schema, Table);

    /// <inheritdoc/>
    public override string ToString() => $"{Name} in {Database}";
}
