using DualDb.Mapping;
using DualDb.Rest;
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
            Add(RowReader<TEntity, TKey, TMap>.Read(reader));
        }
    }

    public override async ValueTask RunAsync(RestClient rest, CancellationToken cancellationToken)
    {
        var rows = await RestReferences<TEntity, TKey, TMap>.ListAsync(
            new RestTable(rest, Entity), member.Reference, TextsOf(), member.Order, member.Take, cancellationToken).ConfigureAwait(false);
        foreach (var row in rows)
        {
            Add(row);
        }
    }

    public override void Clear() => _groups.Clear();

    public override void KeepIn(FetchedRows rows) => rows.Keep(Member.Index, _groups);

    private void Add(TEntity row)
    {
        var key = member.ParentKeyOf(row);
        if (!_groups.TryGetValue(key, out var group))
        {
            _groups.Add(key, group = []);
        }

        group.Add(row);
    }

    private IReadOnlyList<string> TextsOf()
    {
        var texts = new RestTexts();
        parent.BindKeys(new ParameterBinder(texts), keys);
        return [.. texts.Values.Select(static text => text!)];
    }
}
