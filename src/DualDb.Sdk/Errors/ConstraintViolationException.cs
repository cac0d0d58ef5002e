namespace DualDb;

/// <summary>What kind of constraint a write violated.</summary>
public enum ConstraintKind
{
    /// <summary>Another row holds the same value (SQLSTATE 23505).</summary>
    Unique,

    /// <summary>The referenced row does not exist, or is still referenced (23503).</summary>
    ForeignKey,

    /// <summary>A column that accepts no NULL would have received one (23502).</summary>
    NotNull,

    /// <summary>A check constraint failed (23514).</summary>
    Check,

    /// <summary>An exclusion constraint failed (23P01).</summary>
    Exclusion,
}

/// <summary>A write violated a constraint of the database. Nothing of the statement was applied.</summary>
/// <param name="message">The constraint, and the next step.</param>
/// <param name="innerException">The cause, or null.</param>
public sealed class ConstraintViolationException(string message, Exception? innerException = null) : DualDbException(message, innerException)
{
    /// <summary>What kind of constraint it is.</summary>
    public required ConstraintKind Kind { get; init; }

    /// <summary>The constraint's name; null where PostgreSQL gives none.</summary>
    public string? Constraint { get; init; }

    /// <summary>The column; null where PostgreSQL gives none.</summary>
    public string? Column { get; init; }
}
