namespace DualDb.Migrations.History;

/// <summary>What a row of the history says.</summary>
internal static class MigrationState
{
    /// <summary>Begun and not finished: statements before <c>done</c> have been committed.</summary>
    public const string Applying = "applying";

    /// <summary>Finished.</summary>
    public const string Applied = "applied";

    /// <summary>Being undone: statements of the way down before <c>undone</c> have been committed.</summary>
    public const string Reverting = "reverting";

    /// <summary>Undone.</summary>
    public const string Reverted = "reverted";
}
