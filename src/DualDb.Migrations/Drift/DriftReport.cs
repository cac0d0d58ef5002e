using DualDb.Migrations.Drift;

namespace DualDb.Migrations;

/// <summary>Where the schemas of both databases differ from the model.</summary>
public sealed class DriftReport
{
    internal DriftReport(IReadOnlyList<DriftDifference> differences, IReadOnlyList<DriftNote> notes)
    {
        Differences = differences;
        Notes = notes;
    }

    /// <summary>Whether something is amiss: a difference that is more than a remark.</summary>
    public bool HasDrift => Differences.Any(static difference => difference.Severity != DriftSeverity.Remark);

    /// <summary>The differences: the worst first, then by database and place.</summary>
    public IReadOnlyList<DriftDifference> Differences { get; }

    /// <summary>What could not be compared, and why.</summary>
    public IReadOnlyList<DriftNote> Notes { get; }

    /// <summary>A table for people.</summary>
    public override string ToString() => DriftText.Of(this);

    /// <summary>The report for tools: <c>{ "hasDrift": …, "differences": [ … ], "notes": [ … ] }</c>.</summary>
    public string ToJson() => DriftJson.Of(this);
}

/// <summary>One difference between a database and the model.</summary>
/// <param name="Severity">How bad it is.</param>
/// <param name="Database">Where.</param>
/// <param name="Kind">What differs.</param>
/// <param name="Subject">The table, the column or the part, such as <c>public.orders.total</c>.</param>
/// <param name="Message">What differs, and the next step.</param>
public sealed record DriftDifference(DriftSeverity Severity, Database Database, DriftKind Kind, string Subject, string Message);

/// <summary>Something that could not be compared.</summary>
/// <param name="Database">Where.</param>
/// <param name="Message">What, and why.</param>
public sealed record DriftNote(Database Database, string Message);

/// <summary>How bad a difference is.</summary>
public enum DriftSeverity
{
    /// <summary>Statements of the application fail.</summary>
    Error = 0,

    /// <summary>They work, and slower, or without a protection that the model asks for.</summary>
    Warning = 1,

    /// <summary>Nobody notices; it is told to those who look.</summary>
    Remark = 2,
}

/// <summary>What differs.</summary>
public enum DriftKind
{
    /// <summary>The model has it, and the database does not.</summary>
    Missing = 0,

    /// <summary>The database has it, and the model does not.</summary>
    Extra = 1,

    /// <summary>The type of a column, or the values of an enum.</summary>
    Type = 2,

    /// <summary>Whether a column takes null.</summary>
    Nullability = 3,

    /// <summary>The default of a column, or whether the database numbers it.</summary>
    Default = 4,

    /// <summary>What an index, a constraint or a key says.</summary>
    Definition = 5,

    /// <summary>An index or a constraint is there and not in force: not valid, not validated.</summary>
    Invalid = 6,

    /// <summary>A trigger is off.</summary>
    DisabledTrigger = 7,

    /// <summary>A right that the application needs.</summary>
    Grant = 8,

    /// <summary>Row-level security, or its policies.</summary>
    RowSecurity = 9,

    /// <summary>A name, or a remark.</summary>
    Name = 10,

    /// <summary>A table takes writes in neither database, since the switch of its move is under way or broke off.</summary>
    StoppedWrites = 11,
}
