using DualDb.Mapping;

namespace DualDb.Rest;

/// <summary>
/// Changes of one row that set its next version without being told the present one. REST cannot add to a column: the version is read, and
/// the change made only if the row still has it; where another was faster, once more.
/// </summary>
internal static class RestVersioned
{
    // Each round is lost only to a write of another's that succeeded.
    private const int Rounds = 20;

    /// <summary>Changes the row, or does nothing where there is none.</summary>
    /// <param name="table">The table.</param>
    /// <param name="select">The row.</param>
    /// <param name="operation">The public method.</param>
    /// <param name="body">The change, given the version that the row has; null where it has none.</param>
    /// <param name="read">Makes the row.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    public static async ValueTask<T?> ChangeAsync<T>(
        RestTable table, RestSelect select, string operation, Func<long?, ReadOnlyMemory<byte>> body, Func<ResultRow, T> read, CancellationToken cancellationToken)
        where T : class
    {
        if (table.Columns.Version is null)
        {
            return await SingleAsync(table, select, operation, body(null), read, cancellationToken).ConfigureAwait(false);
        }

        long? tried = null;
        for (var round = 0; round < Rounds; round++)
        {
            // A row that still has the version for which the change met none may be seen, but not changed: over SQL the change would meet none as well.
            if (await VersionAsync(table, select, cancellationToken).ConfigureAwait(false) is not { } version || version == tried)
            {
                return null;
            }

            tried = version;

            var expected = select with { Parameters = [.. select.Parameters, Expected(table, version)] };
            if (await SingleAsync(table, expected, operation, body(version), read, cancellationToken).ConfigureAwait(false) is { } changed)
            {
                return changed;
            }
        }

        throw Outrun(table, operation);
    }

    /// <summary>The version of a row; null where there is no row.</summary>
    public static async ValueTask<long?> VersionAsync(RestTable table, RestSelect select, CancellationToken cancellationToken)
    {
        var version = table.Columns.Version!;
        var asked = select with { Select = RestNames.Quote(version.Name), Shape = new([new(version.Name)]), Take = 1 };
        return await table.ListAsync(asked, static row => row.GetInt64(0), cancellationToken).ConfigureAwait(false) is [var found] ? found : null;
    }

    /// <summary>The condition that a row has a version.</summary>
    public static (string Name, string Value) Expected(RestTable table, long version)
        => (RestNames.Quote(table.Columns.Version!.Name), "eq." + version.ToString(System.Globalization.CultureInfo.InvariantCulture));

    public static async ValueTask<T?> SingleAsync<T>(
        RestTable table, RestSelect select, string operation, ReadOnlyMemory<byte> body, Func<ResultRow, T> read, CancellationToken cancellationToken)
        where T : class
        // Where there is nothing to set, PostgREST changes nothing and returns nothing: the row is only looked for.
        => (body.Length <= RestBody.EmptyRow
            ? await table.ListAsync(select with { Order = null, Take = 1 }, read, cancellationToken).ConfigureAwait(false)
            : await table.UpdateAsync(select with { Order = null }, body, read, operation, cancellationToken).ConfigureAwait(false)) is [var row] ? row : null;

    public static DatabaseErrorException Outrun(RestTable table, string operation)
        => new(
            $"{table.Entity.Name}.{operation} in {table.Entity.Database}: the row was changed by others each of the {Rounds} times that it was read and was to be changed. Nothing was applied. "
            + "Repeat the call, or set DualDbOptions.Supabase.ConnectionString, which reaches the database over SQL and takes one statement.")
        {
            Database = table.Entity.Database,
            Entity = table.Entity.Name,
            SqlState = Npgsql.PostgresErrorCodes.SerializationFailure,
        };
}
