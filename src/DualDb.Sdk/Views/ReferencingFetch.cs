using DualDb.Mapping;
using DualDb.Sql;
using Npgsql;

namespace DualDb.Views;

/// <summary>Reads rows by the keys that they refer to, and groups them by those.</summary>
internal sealed class ReferencingFetch<TEntity, TKey, TMap, TParentKey>(
    ReferencingMember<TEntity, TKey, TMap, TParentKey> member, IKeyedRows<TParentKey> parent, IReadOnlyList<TParentKey> keys) : MemberFetch(member)
    where TEntity : class
    where TKey : notnull
    where TMap : struct, IEntityMap<TEntity, TKey>
    where TParentKey : notnull
{
    private readonly Dictionary<TParentKey, List<TEntity>> _groups = new(keys.Count);

    public override IEnumerable<NpgsqlBatchCommand> Commands()
    {
        foreach (var run in KeyRuns.Of(keys))
        {
            var command = new NpgsqlBatchCommand(member.Sql);
            parent.BindKeys(command.Parameters, run);
            yield return command;
        }
    }

    public override async ValueTask ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var row = RowReader<TEntity, TKey, TMap>.Read(reader);
            var key = member.ParentKeyOf(row);
            if (!_groups.TryGetValue(key, out var group))
            {
                _groups.Add(key, group = []);
            }

            group.Add(row);
        }
    }

    public override void Clear() => _groups.Clear();

    public override void KeepIn(FetchedRows rows) => rows.Keep(Member.Index, _groups);
}
