using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using DualDb.Sql;
using Npgsql;

namespace DualDb.RawSql;

/// <summary>The ways to read the answer to a statement of the user's own.</summary>
internal static class RawReads
{
    public static Task<int> AffectedAsync(RawCall command, CancellationToken cancellationToken) => command.ExecuteNonQueryAsync(cancellationToken);

    public static async Task<T?> ScalarAsync<T>(RawCall command, CancellationToken cancellationToken)
    {
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            if (!await reader.ReadAsync(cancellationToken).ConfigureAwait(false) || (default(T) is not null && await reader.IsDBNullAsync(0, cancellationToken).ConfigureAwait(false)))
            {
                return default;
            }

            return ScalarReader.Read<T>(reader);
        }
    }

    [RequiresUnreferencedCode(RawSqlRequirements.Reflection)]
    [RequiresDynamicCode(RawSqlRequirements.DynamicCode)]
    public static async Task<IReadOnlyList<T>> ListAsync<T>(RawCall command, CancellationToken cancellationToken)
    {
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            var rows = new List<T>();
            var parse = RowParser.For<T>(reader);
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                rows.Add(parse(reader));
            }

            // A statement that writes can still fail after its last row, and says so only when its end is read.
            await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
            return rows;
        }
    }

    [RequiresUnreferencedCode(RawSqlRequirements.Reflection)]
    [RequiresDynamicCode(RawSqlRequirements.DynamicCode)]
    public static async Task<T?> SingleOrDefaultAsync<T>(RawCall command, CancellationToken cancellationToken)
    {
        var rows = await ListAsync<T>(command, cancellationToken).ConfigureAwait(false);
        return rows switch
        {
            [] => default,
            [var row] => row,
            _ => throw new InvalidOperationException("The statement answered with more than one row. Add a limit, or use QueryAsync."),
        };
    }

    /// <summary>Reads row by row. The errors of every step are explained, also those of the disposal.</summary>
    [RequiresUnreferencedCode(RawSqlRequirements.Reflection)]
    [RequiresDynamicCode(RawSqlRequirements.DynamicCode)]
    public static async IAsyncEnumerable<T> StreamAsync<T>(
        PostgresDatabase database, DatabaseTransaction? transaction, SqlInterpolation sql, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        RawStatement.RefuseRest(database, nameof(StreamAsync));
        RoleStatement.Refuse(database, sql);
        transaction?.RefuseEndBy(sql);
        using var activity = RawStatement.StartActivity(database.Kind, nameof(StreamAsync), sql);
        var rows = await StepAsync(database, OpenAsync(database, transaction, sql, cancellationToken)).ConfigureAwait(false);
        await using var closed = rows.ConfigureAwait(false);
        var parse = RowParser.For<T>(rows.Reader);
        while (await StepAsync(database, rows.AdvanceAsync(cancellationToken)).ConfigureAwait(false))
        {
            yield return Parse(database, rows.Reader, parse);
        }
    }

    private static async Task<OpenRows> OpenAsync(
        PostgresDatabase database, DatabaseTransaction? transaction, SqlInterpolation sql, CancellationToken cancellationToken)
    {
        // Made first, so that a hole that cannot be sent is refused before a connection is asked for.
        if (transaction is null && database.ActsAs is { } user)
        {
            return await OpenRows.OpenAsUserAsync(database, user, sql.CreateBatchCommand(), cancellationToken).ConfigureAwait(false);
        }

        var command = sql.CreateCommand();
        var connection = transaction?.Connection ?? await database.OpenAsync(cancellationToken).ConfigureAwait(false);
        return await OpenRows.OpenAsync(command, connection, ownsConnection: transaction is null, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<T> StepAsync<T>(PostgresDatabase database, Task<T> step)
    {
        try
        {
            return await step.ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw RawStatement.Explain(exception, database, nameof(StreamAsync));
        }
    }

    private static T Parse<T>(PostgresDatabase database, NpgsqlDataReader reader, Func<NpgsqlDataReader, T> parse)
    {
        try
        {
            return parse(reader);
        }
        catch (Exception exception)
        {
            throw RawStatement.Explain(exception, database, nameof(StreamAsync));
        }
    }
}
