using DualDb.Migrations.Moving;

namespace DualDb.Migrations;

/// <summary>
/// A table that takes writes in neither database: the switch of its move, or the way back of that, has stopped them. That lasts for a moment; where the run broke off in it, it lasts until the run is brought to its end.
/// </summary>
/// <param name="Database">The database that it comes from.</param>
/// <param name="Table">The table there, with its schema, as SQL writes it.</param>
/// <param name="Target">The database that it goes to.</param>
/// <param name="TargetTable">The table there.</param>
/// <param name="Since">Since when the old table takes no writes.</param>
/// <param name="IsWayBack">Whether the switch is being taken back.</param>
public sealed record StoppedWrites(Database Database, string Table, Database Target, string TargetTable, DateTimeOffset Since, bool IsWayBack)
{
    /// <summary>In words, with what ends it.</summary>
    public override string ToString()
        => IsWayBack
            ? $"writes of {Table} are stopped in {Database} since {WriteStop.Text(Since)}, and of {TargetTable} in {Target} as well: the way back of its switch is under way, or broke off. dualdb migrations resume ends it"
            : $"writes of {Table} are stopped in {Database} since {WriteStop.Text(Since)}, and {Target} takes none of {TargetTable} yet: its switch is under way, or broke off. dualdb migrations resume ends it, and dualdb migrations down gives it up";
}
