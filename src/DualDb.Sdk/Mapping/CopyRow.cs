using System.ComponentModel;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Mapping;

/// <summary>Writes the values of one COPY row for generated code.</summary>
/// <param name="importer">The COPY, within a row.</param>
/// <param name="cancellationToken">Cancels the write.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct CopyRow(NpgsqlBinaryImporter importer, CancellationToken cancellationToken)
{
    /// <summary>Writes one value; null becomes NULL.</summary>
    /// <typeparam name="T">The type that travels.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="type">The PostgreSQL type of the column.</param>
    public Task WriteAsync<T>(T value, NpgsqlDbType type)
        => value is null ? importer.WriteNullAsync(cancellationToken) : importer.WriteAsync(value, type, cancellationToken);
}
