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

    /// <summary>Creates the repository over its database.</summary>
    /// <param name="database">The database that holds the table.</param>
    /// <param name="other">The other database of the same root, for joins; null where there is none.</param>
    protected Repository(PostgresDatabase database, PostgresDatabase? other = null)
    {
        ArgumentNullException.ThrowIfNull(database);
        _database = database;
        _other = other;
        _executor = new StatementExecutor(database, TMap.Info);
        _queries = new QuerySource<TEntity, TKey, TMap>(_executor);
    }

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
