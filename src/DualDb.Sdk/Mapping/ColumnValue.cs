using System.ComponentModel;

namespace DualDb.Mapping;

/// <summary>
/// Turns members into what travels to PostgreSQL, and refuses what a column could not hold before anything is sent. Called by generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class ColumnValue
{
    /// <summary>A value that is not null.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="column">The column.</param>
    /// <exception cref="ColumnValueException">It is null.</exception>
    public static T NotNull<T>(T? value, string column)
        where T : class
        => value ?? throw IsNull(column);

    private static ColumnValueException IsNull(string column)
        => new(column, "does not accept null, but the member is null", "Set the member, or declare it nullable.");
}
