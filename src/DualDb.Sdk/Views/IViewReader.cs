namespace DualDb;

/// <summary>Reads a unified view: one call answers from both databases, which are asked at the same time.</summary>
/// <typeparam name="TView">The view.</typeparam>
/// <typeparam name="TKey">The type of its key, which is the key of its root member; a tuple for a composite key.</typeparam>
public interface IViewReader<TView, TKey>
    where TView : class
    where TKey : notnull
{
    /// <summary>The view with this key, or null where its root row does not exist.</summary>
    /// <param name="key">The key of the root member.</param>
    /// <param name="cancellationToken">Cancels the reads, in both databases.</param>
    /// <exception cref="ViewMemberMissingException">The row of a member is missing, and the member accepts no null.</exception>
    /// <exception cref="ViewMemberFailedException">A member could not be read.</exception>
    ValueTask<TView?> FindAsync(TKey key, CancellationToken cancellationToken = default);

    /// <summary>The view with this key.</summary>
    /// <param name="key">The key of the root member.</param>
    /// <param name="cancellationToken">Cancels the reads, in both databases.</param>
    /// <exception cref="EntityNotFoundException">The root row does not exist.</exception>
    /// <exception cref="ViewMemberMissingException">The row of a member is missing, and the member accepts no null.</exception>
    /// <exception cref="ViewMemberFailedException">A member could not be read.</exception>
    ValueTask<TView> GetAsync(TKey key, CancellationToken cancellationToken = default);

    /// <summary>
    /// The views with these keys, in the order of the keys: one statement per database and level, however many keys. A key without a
    /// root row is left out; a key named twice yields its view twice. No keys, no statement.
    /// </summary>
    /// <param name="keys">The keys of the root member.</param>
    /// <param name="cancellationToken">Cancels the reads, in both databases.</param>
    /// <exception cref="ViewMemberMissingException">The row of a member is missing, and the member accepts no null.</exception>
    /// <exception cref="ViewMemberFailedException">A member could not be read.</exception>
    Task<IReadOnlyList<TView>> ListAsync(IReadOnlyCollection<TKey> keys, CancellationToken cancellationToken = default);

    /// <summary>
    /// All views in the order of their keys, in chunks: the next chunk is fetched while the current one is consumed. Each chunk is read
    /// anew, so that rows written meanwhile may appear in later ones.
    /// </summary>
    /// <param name="chunkSize">How many views are fetched at once, 1 or more.</param>
    /// <param name="cancellationToken">Cancels the reads, in both databases.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="chunkSize"/> is below 1.</exception>
    IAsyncEnumerable<TView> StreamAsync(int chunkSize = ViewDefaults.ChunkSize, CancellationToken cancellationToken = default);

    /// <summary>The views with these keys, as <see cref="ListAsync"/> yields them, in chunks: the next is fetched while the current one is consumed.</summary>
    /// <param name="keys">The keys of the root member; drawn as they are needed.</param>
    /// <param name="chunkSize">How many keys are asked for at once, 1 or more.</param>
    /// <param name="cancellationToken">Cancels the reads, in both databases.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="chunkSize"/> is below 1.</exception>
    IAsyncEnumerable<TView> StreamAsync(IEnumerable<TKey> keys, int chunkSize = ViewDefaults.ChunkSize, CancellationToken cancellationToken = default);

    /// <summary>The plan: levels, and in each the statements, their databases and keys. Asks no database.</summary>
    string Explain();
}
