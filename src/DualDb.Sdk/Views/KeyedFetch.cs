using DualDb.Mapping;
using DualDb.Rest;
using DualDb.Sql;
using Npgsql;

namespace DualDb.Views;

/// <summary>Reads rows by their keys.</summary>
internal sealed class KeyedFetch<TEntity, TKey, TMap>(ViewMember member, IReadOnlyList<TKey> keys) : MemberFetch(member)
    where TEntity : class
    where TKey : notnull
    where TMap : struct, IEntityMap<TEntity, TKey>
{
    private readonly Dictionary<TKey, TEntity> _rows = new(keys.Count);

    public override IEnumerable<NpgsqlBatchCommand> Commands()
    {
        if (keys.Count == 1)
        {
            var one = new NpgsqlBatchCommand(TMap.SelectByKey);
            TMap.BindKey(one.Parameters, keys[0]);
            yield return one;
            yield break;
        }

        foreach (var run in KeyRuns.Of(keys))
        {
            var many = new NpgsqlBatchCommand(TMap.SelectByKeys);
            TMap.BindKeys(many.Parameters, run);
            yield return many;
        }
    }

    public override async ValueTask ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var row = RowReader<TEntity, TKey, TMap>.Read(reader);
            _rows[TMap.KeyOf(row)] = row;
        }
    }

    public override void Clear() => _rows.Clear();

    public override void KeepIn(FetchedRows rows) => rows.Keep(Member.Index, _rows);

    public override async ValueTask RunAsync(RestClient rest, CancellationToken cancellationToken)
    {
        var table = new RestTable(rest, Entity);
        var rows = keys.Count == 1
            ? await RestEntity<TEntity, TKey, TMap>.SingleOrNullAsync(table, RestEntity<TEntity, TKey, TMap>.ByKey(table, keys[0]), cancellationToken).ConfigureAwait(false) is { } row ? [row] : []
            : await RestEntity<TEntity, TKey, TMap>.FindManyAsync(table, keys, cancellationToken).ConfigureAwait(false);
        foreach (var found in rows)
        {
            _rows[TMap.KeyOf(found)] = found;
        }
    }
}
