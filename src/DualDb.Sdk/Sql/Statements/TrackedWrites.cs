using DualDb.Mapping;
using DualDb.Rest;
using Npgsql;

namespace DualDb.Sql.Statements;

/// <summary>Rows as they were before a write and as they are after it.</summary>
/// <param name="Before">Those that were there.</param>
/// <param name="After">The stored rows, in order.</param>
/// <param name="AllTold">Whether each row that was not inserted is among those before.</param>
internal sealed record TrackedRows<TEntity>(IReadOnlyList<TEntity> Before, IReadOnlyList<TEntity> After, bool AllTold)
    where TEntity : class;

/// <summary>An upsert of many rows that tells what they were like before.</summary>
internal readonly struct TrackedWrites<TEntity, TKey, TMap>(string operation, IReadOnlyList<TEntity> entities) : IStatement<TrackedRows<TEntity>>
    where TEntity : class
    where TKey : notnull
    where TMap : struct, IEntityMap<TEntity, TKey>
{
    public static string Preamble => TrackedSql<TEntity, TKey, TMap>.SelectByKeys;

    public string Operation => operation;

    public string Sql => TrackedSql<TEntity, TKey, TMap>.UpsertMany;

    public bool Writes => true;

    public void BindPreamble(NpgsqlParameterCollection parameters) => TMap.BindKeys(parameters, [.. entities.Select(TMap.KeyOf)]);

    public void Bind(NpgsqlParameterCollection parameters) => TMap.BindInsertMany(parameters, entities, withKeys: true);

    public async ValueTask<TrackedRows<TEntity>> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var before = await Answer<TEntity, TKey, TMap>.ListAsync(reader, entities.Count, cancellationToken).ConfigureAwait(false);
        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        var after = new List<TEntity>(entities.Count);
        var updated = 0;
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            after.Add(RowReader<TEntity, TKey, TMap>.Read(reader));
            updated += reader.GetBoolean(TMap.Info.Columns.Count) ? 0 : 1;
        }

        return new TrackedRows<TEntity>(before, after, AllTold: updated <= before.Count);
    }

    public async ValueTask<TrackedRows<TEntity>> RunAsync(RestTable rest, CancellationToken cancellationToken)
        => new(Before: [], await RestUpsert<TEntity, TKey, TMap>.ManyAsync(rest, entities, operation, cancellationToken).ConfigureAwait(false), AllTold: false);
}
