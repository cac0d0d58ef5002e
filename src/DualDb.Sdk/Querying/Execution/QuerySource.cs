using DualDb.Caching;
using DualDb.Mapping;
using DualDb.Rest;
using DualDb.Sql;
using Npgsql;

namespace DualDb.Querying;

/// <summary>Where the queries of an entity are sent. Its type arguments are the entity's alone, so that a query need not carry the map's.</summary>
internal abstract class QuerySource<TEntity>(StatementExecutor executor, EntityInfo entity, QueryFacts facts)
    where TEntity : class
{
    public EntityInfo Entity => entity;

    public QueryFacts Facts => facts;

    /// <summary>Whether results may be kept at all: of an entity that is not cached, nobody would be told of changes.</summary>
    public abstract bool MayCache { get; }

    /// <summary>The results of queries; null where they are read past the cache.</summary>
    public abstract QueryCache<TEntity>? Cache { get; }

    /// <summary>Whose results those are; null where they are everybody's.</summary>
    public abstract UserEntries? User { get; }

    protected StatementExecutor Executor => executor;

    /// <summary>The entity of the current row.</summary>
    public abstract TEntity ReadRow(ResultRow row);

    /// <summary>The rows, all at once.</summary>
    public abstract ValueTask<IReadOnlyList<TEntity>> ListAsync(
        string operation, QueryText<TEntity> text, DatabaseTransaction? transaction, CancellationToken cancellationToken);

    /// <summary>The rows as they arrive.</summary>
    public abstract IAsyncEnumerable<TEntity> StreamAsync(
        string operation, QueryText<TEntity> text, DatabaseTransaction? transaction, CancellationToken cancellationToken);

    /// <summary>What each row becomes, all at once.</summary>
    public ValueTask<IReadOnlyList<TResult>> ListAsync<TResult>(
        string operation, QueryText<TEntity> text, Func<ResultRow, TResult> read, DatabaseTransaction? transaction, CancellationToken cancellationToken)
        => executor.ExecuteAsync<ProjectedRows<TEntity, TResult>, IReadOnlyList<TResult>>(new(operation, text, entity, read), transaction, cancellationToken);

    /// <summary>What each row becomes, as they arrive.</summary>
    public IAsyncEnumerable<TResult> StreamAsync<TResult>(
        string operation, QueryText<TEntity> text, Func<ResultRow, TResult> read, DatabaseTransaction? transaction, CancellationToken cancellationToken)
        => executor.Rest is { } rest
            ? rest.StreamAsync(() => text.ToRest(rest.Columns), row => ProjectedRow.Read(entity, row, read), operation, cancellationToken)
            : executor.StreamAsync(operation, () => text.Sql, text.Bind, row => ProjectedRow.Read(entity, row, read), transaction, cancellationToken);

    /// <summary>Changes rows, and counts them.</summary>
    public abstract ValueTask<long> ChangeAsync(
        string operation, QueryText<TEntity> text, DatabaseTransaction? transaction, CancellationToken cancellationToken);
}

/// <summary>The source behind a repository.</summary>
/// <param name="executor">Speaks to the database.</param>
/// <param name="writes">Tells the cache what is changed; null where there is none.</param>
/// <param name="cache">The entity's entries; null where it is not cached, or is to be read past the cache.</param>
/// <param name="mayCache">Whether the entity is one that is cached.</param>
internal sealed class QuerySource<TEntity, TKey, TMap>(
    StatementExecutor executor, EntityWrites<TEntity, TKey, TMap>? writes = null, EntityCache<TEntity, TKey, TMap>? cache = null, bool mayCache = false)
    : QuerySource<TEntity>(executor, TMap.Info, TMap.Query)
    where TEntity : class
    where TKey : notnull
    where TMap : struct, IEntityMap<TEntity, TKey>
{
    public override bool MayCache => mayCache;

    public override QueryCache<TEntity>? Cache => cache?.Queries;

    public override UserEntries? User => cache is null ? null : UserEntries.Of(Executor.Database, cache.Settings.IsShared);

    public override TEntity ReadRow(ResultRow row) => RowReader<TEntity, TKey, TMap>.Read(row);

    public override ValueTask<IReadOnlyList<TEntity>> ListAsync(
        string operation, QueryText<TEntity> text, DatabaseTransaction? transaction, CancellationToken cancellationToken)
        => Executor.ExecuteAsync<QueryRows<TEntity, TKey, TMap>, IReadOnlyList<TEntity>>(new(operation, text), transaction, cancellationToken);

    public override IAsyncEnumerable<TEntity> StreamAsync(
        string operation, QueryText<TEntity> text, DatabaseTransaction? transaction, CancellationToken cancellationToken)
        => Executor.Rest is { } rest
            ? rest.StreamAsync(() => text.ToRest(rest.Columns) with { KeyOf = RestEntity<TEntity, TKey, TMap>.KeyOf }, RowReader<TEntity, TKey, TMap>.Read, operation, cancellationToken)
            : Executor.StreamAsync(operation, () => text.Sql, text.Bind, RowReader<TEntity, TKey, TMap>.Read, transaction, cancellationToken);

    public override ValueTask<long> ChangeAsync(
        string operation, QueryText<TEntity> text, DatabaseTransaction? transaction, CancellationToken cancellationToken)
        => writes is not { IsWatching: true }
            ? Executor.ExecuteAsync<ChangeRows<TEntity>, long>(new(operation, text), transaction, cancellationToken)
            : writes.ChangeAsync(new ChangeRows<TEntity>(operation, text), transaction, cancellationToken);
}
