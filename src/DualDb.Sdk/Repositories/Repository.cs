using DualDb.Caching;
using DualDb.Mapping;
using DualDb.Querying;
using DualDb.Sql;

namespace DualDb;

/// <summary>
/// The behaviour behind every generated repository. What depends on the model comes from <typeparamref name="TMap"/>;
/// a generated repository adds only the members that its references and unique columns call for.
/// </summary>
/// <typeparam name="TEntity">The entity.</typeparam>
/// <typeparam name="TKey">The type of its key; a tuple for a composite key.</typeparam>
/// <typeparam name="TMap">The generated facts of the entity.</typeparam>
/// <typeparam name="TColumns">Its columns.</typeparam>
/// <typeparam name="TChanges">What an update of some of its columns sets.</typeparam>
/// <typeparam name="TTransaction"><see cref="NeonTransaction"/> or <see cref="SupabaseTransaction"/>.</typeparam>
public abstract partial class Repository<TEntity, TKey, TMap, TColumns, TChanges, TTransaction>
    : IRepository<TEntity, TKey, TTransaction>, IQueryRepository<TEntity, TColumns, TChanges, TTransaction>, IJoinedRepository
    where TEntity : class
    where TKey : notnull
    where TMap : struct, IEntityMap<TEntity, TKey>
    where TColumns : struct, IColumns<TEntity>
    where TChanges : Changes<TEntity, TColumns, TChanges>, new()
    where TTransaction : DatabaseTransaction
{
    private readonly PostgresDatabase _database;
    private readonly PostgresDatabase? _other;
    private readonly StatementExecutor _executor;
    private readonly QuerySource<TEntity, TKey, TMap> _queries;
    private readonly EntityWrites<TEntity, TKey, TMap>? _writes;

    /// <summary>Creates the repository over its database.</summary>
    /// <param name="database">The database that holds the table.</param>
    /// <param name="other">The other database of the same root, for joins; null where there is none.</param>
    /// <param name="cache">The cache of the same root, which is told of writes; null where there is none.</param>
    protected Repository(PostgresDatabase database, PostgresDatabase? other = null, DualDbCache? cache = null)
        : this(database, other, cache?.Core, cached: null, isCached: false)
    {
    }

    private protected Repository(PostgresDatabase database, PostgresDatabase? other, CacheCore? core, EntityCache<TEntity, TKey, TMap>? cached, bool isCached)
    {
        ArgumentNullException.ThrowIfNull(database);
        _database = database;
        _other = other;
        _executor = new StatementExecutor(database, TMap.Info);
        _writes = core is null ? null : new EntityWrites<TEntity, TKey, TMap>(_executor, core, cached);
        _queries = new QuerySource<TEntity, TKey, TMap>(_executor, _writes, cached is { Settings.Enabled: true } ? cached : null, isCached);
    }

    private protected Repository(Repository<TEntity, TKey, TMap, TColumns, TChanges, TTransaction> other)
    {
        ArgumentNullException.ThrowIfNull(other);
        _database = other._database;
        _other = other._other;

        // One of its own: by it a batching scope tells calls that may be answered from the cache from those that may not.
        _executor = new StatementExecutor(_database, TMap.Info);
        _writes = other._writes;
        _queries = new QuerySource<TEntity, TKey, TMap>(_executor, _writes, cache: null, mayCache: true);
    }

    /// <summary>What the cache is told of writes through; null where nothing in it depends on the table.</summary>
    private EntityWrites<TEntity, TKey, TMap>? Writes => _writes is { IsWatching: true } ? _writes : null;

    /// <inheritdoc/>
    PostgresDatabase? IJoinedRepository.Find(Database database) => _database.Kind == database ? _database : _other?.Kind == database ? _other : null;

    private ValueTask<TResult> ExecuteAsync<TStatement, TResult>(
        TStatement statement, TTransaction? transaction, CancellationToken cancellationToken)
        where TStatement : struct, IStatement<TResult>
        => _executor.ExecuteAsync<TStatement, TResult>(statement, transaction, cancellationToken);

    /// <summary>An explicit null transaction is a mistake: the write would silently run outside of the one the caller believes in.</summary>
    /// <param name="transaction">The transaction that was handed over.</param>
    /// <exception cref="ArgumentNullException">It is null.</exception>
    protected static TTransaction Given(TTransaction? transaction)
        => transaction ?? throw new ArgumentNullException(nameof(transaction));

    private static EntityNotFoundException NotFound(TKey key)
        => new(TMap.Info, key, mayBeMarked: TMap.Features.HasFlag(EntityFeatures.SoftDelete));
}
