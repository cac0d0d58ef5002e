using System.ComponentModel;

namespace DualDb.Mapping;

/// <summary>
/// Raised by mapping code that meets a value its column cannot hold. It knows the column only; the repository turns it into
/// an exception that names the entity and the database as well.
/// </summary>
/// <param name="column">The column.</param>
/// <param name="reason">What is wrong with the value, as the second half of a sentence: <c>contains the character U+0000</c>.</param>
/// <param name="nextStep">What to do about it.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ColumnValueException(string column, string reason, string nextStep) : Exception($"Column {column} {reason}. {nextStep}")
{
    /// <summary>The column.</summary>
    public string Column { get; } = column;

    /// <summary>What is wrong with the value.</summary>
    public string Reason { get; } = reason;

    /// <summary>What to do about it.</summary>
    public string NextStep { get; } = nextStep;

    /// <summary>The index of the row in a list of rows; null for a single row.</summary>
    public int? RowIndex { get; init; }

    /// <summary>The same fault, placed in a list of rows.</summary>
    internal ColumnValueException InRow(int index) => new(Column, Reason, NextStep) { RowIndex = index };
}
