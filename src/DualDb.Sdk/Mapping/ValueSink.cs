using NpgsqlTypes;

namespace DualDb.Mapping;

/// <summary>Receives values that do not travel as parameters of SQL.</summary>
internal abstract class ValueSink
{
    /// <summary>Takes one value, which may be null.</summary>
    /// <typeparam name="T">The type that travels.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="type">Its PostgreSQL type.</param>
    public abstract void Add<T>(T value, NpgsqlDbType type);

    /// <summary>Takes NULL.</summary>
    public abstract void AddNull();

    /// <summary>Takes one value of every row.</summary>
    /// <typeparam name="T">The type that travels.</typeparam>
    /// <param name="values">The values.</param>
    /// <param name="type">The PostgreSQL type of one.</param>
    public virtual void AddColumn<T>(IReadOnlyList<T> values, NpgsqlDbType type)
        => throw new NotSupportedException("Rows are taken one by one here.");
}
