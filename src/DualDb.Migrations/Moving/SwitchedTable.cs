namespace DualDb.Migrations.Moving;

/// <summary>A table that is switched, with others of its file or alone.</summary>
/// <param name="Table">The table.</param>
/// <param name="From">The shape of the old one.</param>
/// <param name="To">The shape of the new one.</param>
/// <param name="Advance">Goes on by a part.</param>
/// <param name="Rows">Brings rows over and compares them.</param>
internal sealed record SwitchedTable(MovedTable Table, TableShape From, TableShape To, MoveAdvance Advance, MovedRows Rows);
