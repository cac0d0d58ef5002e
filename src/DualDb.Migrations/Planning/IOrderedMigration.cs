namespace DualDb.Migrations.Planning;

/// <summary>What the order of migrations depends on.</summary>
internal interface IOrderedMigration
{
    /// <summary>Which it is.</summary>
    MigrationId Id { get; }

    /// <summary>Where it was found, for messages.</summary>
    string Source { get; }

    /// <summary>What must come before.</summary>
    IReadOnlyList<MigrationId> Requires { get; }

    /// <summary>The line that says so, from 1; null for none.</summary>
    int? RequiresLine { get; }
}
