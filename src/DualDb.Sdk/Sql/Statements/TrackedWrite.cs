using DualDb.Mapping;
using DualDb.Rest;
using Npgsql;

namespace DualDb.Sql.Statements;

/// <summary>A row as it was before a write and as it is after it.</summary>
/// <param name="Before">Before; null where there was none, or it was marked deleted.</param>
/// <param name="After">After; null where the write met none.</param>
/// <param name="WasInserted">Whether the row was inserted; false where that is not known.</param>
internal sealed record TrackedRow<TEntity>(TEntity? Before, TEntity? After, bool WasInserted)
    where TEntity : class;

/// <summary>
/// A write of one row that tells what the row was like before. The row is read and locked in front of the write, so that nobody changes it in between.
/// </summary>
/// <param name="statement">The write; returns the row.</param>
/// <param name="key">The key.</param>
/// <param name="mayInsert">Whether the write inserts a row that is not there.</param>
internal readonly struct TrackedWrite<TStatement, TEntity, TKey, TMap>(TStatement statement, TKey key, bool mayInsert) : IStatement<TrackedRow<TEntity>>
    where TStatement : struct, IStatement<TEntity?>
    where TEntity : class
    where TKey : notnull
    where TMap : struct, IEntityMap<TEntity, TKey>
{
    public static string Preamble => TrackedSql<TEntity, TKey, TMap>.SelectByKey;

    public string Operation => statement.Operation;

    public string Sql => mayInsert ? TrackedSql<TEntity, TKey, TMap>.Upsert : statement.Sql;

    public bool Writes => true;

    public void BindPreamble(NpgsqlParameterCollection parameters) => TMap.BindKey(parameters, key);

    public void Bind(NpgsqlParameterCollection parameters) => statement.Bind(parameters);

    public async ValueTask<TrackedRow<TEntity>> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var before = await Answer<TEntity, TKey, TMap>.SingleOrNullAsync(reader, cancellationToken).ConfigureAwait(false);
        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        if (!await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            return new TrackedRow<TEntity>(before, After: null, WasInserted: false);
        }

        return new TrackedRow<TEntity>(before, RowReader<TEntity, TKey, TMap>.Read(reader), WasInserted: mayInsert && reader.GetBoolean(TMap.Info.Columns.Count));
    }

    // What the row was like before is not known over REST, so that all lookups of the entity fall.
    public async ValueTask<TrackedRow<TEntity>> RunAsync(RestTable rest, CancellationToken cancellationToken)
        => new(Before: null, await statement.RunAsync(rest, cancellationToken).ConfigureAwait(false), WasInserted: false);
}
