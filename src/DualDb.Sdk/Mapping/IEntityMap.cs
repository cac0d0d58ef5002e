using DualDb.Caching;
using Npgsql;

namespace DualDb.Mapping;

/// <summary>
/// The facts of one entity, written by the source generator as a <c>readonly struct</c>. Repositories take it as a type argument,
/// so that the JIT specialises them and no call per row is virtual.
/// </summary>
/// <typeparam name="TEntity">The entity.</typeparam>
/// <typeparam name="TKey">The type of its key; a tuple for a composite key.</typeparam>
public interface IEntityMap<TEntity, TKey>
    where TEntity : class
    where TKey : notnull
{
    /// <summary>Names and columns.</summary>
    static abstract EntityInfo Info { get; }

    /// <summary>What the model asks of the repository.</summary>
    static abstract EntityFeatures Features { get; }

    /// <summary>The pieces that queries are put together from.</summary>
    static abstract QueryFacts Query { get; }

    /// <summary>One row by key. Parameters: <see cref="BindKey"/>.</summary>
    static abstract string SelectByKey { get; }

    /// <summary>Rows by keys, in the order of the keys, one row per key asked. Parameters: <see cref="BindKeys"/>.</summary>
    static abstract string SelectByKeys { get; }

    /// <summary>All rows in the order of their keys.</summary>
    static abstract string SelectAll { get; }

    /// <summary>The first rows in the order of their keys. Parameter: the limit, <c>bigint</c>.</summary>
    static abstract string SelectFirst { get; }

    /// <summary>Whether a row has the key. Parameters: <see cref="BindKey"/>. One row, one <c>boolean</c>.</summary>
    static abstract string Exists { get; }

    /// <summary>How many rows there are. One row, one <c>bigint</c>.</summary>
    static abstract string Count { get; }

    /// <summary>Inserts one row whose key the database makes, and returns it. Parameters: <see cref="BindInsert"/> without key.</summary>
    static abstract string Insert { get; }

    /// <summary>Inserts one row with its key, and returns it. Parameters: <see cref="BindInsert"/> with key. Same as <see cref="Insert"/> where the key is not generated.</summary>
    static abstract string InsertWithKey { get; }

    /// <summary>Inserts rows whose keys the database makes, and returns them in order. Parameters: <see cref="BindInsertMany"/> without keys.</summary>
    static abstract string InsertMany { get; }

    /// <summary>Inserts rows with their keys, and returns them in order. Parameters: <see cref="BindInsertMany"/> with keys.</summary>
    static abstract string InsertManyWithKeys { get; }

    /// <summary>Inserts or overwrites one row by key, and returns it. Parameters: <see cref="BindInsert"/> with key.</summary>
    static abstract string Upsert { get; }

    /// <summary>Inserts or overwrites rows by key, and returns them in order. Parameters: <see cref="BindInsertMany"/> with keys.</summary>
    static abstract string UpsertMany { get; }

    /// <summary>Updates one row by key (and version, where there is one), and returns it. Parameters: <see cref="BindUpdate"/>.</summary>
    static abstract string Update { get; }

    /// <summary>Deletes one row by key, or marks it deleted. Parameters: <see cref="BindKey"/>.</summary>
    static abstract string Delete { get; }

    /// <summary>The version of one row by key. Parameters: <see cref="BindKey"/>. Null where there is no version.</summary>
    static abstract string? SelectVersion { get; }

    /// <summary>Takes the deletion mark off one row, and returns it. Parameters: <see cref="BindKey"/>. Null where deletion is not a mark.</summary>
    static abstract string? Restore { get; }

    /// <summary>Removes one row for good, marked or not. Parameters: <see cref="BindKey"/>. Null where deletion is not a mark.</summary>
    static abstract string? HardDelete { get; }

    /// <summary>The binary COPY of complete rows. Rows: <see cref="CopyAsync"/>. Null where a column's binary form is not known.</summary>
    static abstract string? Copy { get; }

    /// <summary>
    /// Draws keys from the sequence of the key column: one <c>bigint</c> per row. Parameter: how many, <c>bigint</c>.
    /// Null without <see cref="EntityFeatures.SequenceKey"/>.
    /// </summary>
    static abstract string? ReserveKeys { get; }

    /// <summary>Creates the table and its indexes where they are missing, without foreign keys.</summary>
    static abstract string CreateTable { get; }

    /// <summary>Adds the foreign keys where they are missing; null where there are none.</summary>
    static abstract string? CreateForeignKeys { get; }

    /// <summary>A hash of all that the payload of an entity depends on: where it comes from, its columns, and their form. Other model, other hash.</summary>
    static abstract string PayloadSchema { get; }

    /// <summary>
    /// Whether keys that differ in .NET differ in PostgreSQL, but for what <see cref="FormatKey"/> makes one. False for a text in a column whose
    /// type may hold two texts for equal: <c>citext</c>, <c>char(n)</c>, and types that are not known here.
    /// </summary>
    static abstract bool HasExactKey { get; }

    /// <summary>Materialises the current row of a select that lists the columns in order.</summary>
    static abstract TEntity Read(ResultRow row);

    /// <summary>Reads one column of the current row and forgets it: finds the column at fault after <see cref="Read"/> has failed.</summary>
    static abstract void Probe(ResultRow row, int ordinal);

    /// <summary>Writes the columns of an entity as a payload of the cache.</summary>
    static abstract void Encode(ref PayloadWriter writer, TEntity entity);

    /// <summary>Makes the entity of which <see cref="Encode"/> wrote the columns, as <see cref="Read"/> would make it.</summary>
    /// <exception cref="PayloadException">The payload is damaged.</exception>
    static abstract TEntity Decode(ref PayloadReader reader);

    /// <summary>The key of an entity.</summary>
    static abstract TKey KeyOf(TEntity entity);

    /// <summary>Adds the parts of a key to the text under which it is cached.</summary>
    /// <exception cref="ColumnValueException">A part does not fit its column.</exception>
    static abstract void FormatKey(ref KeyText text, TKey key);

    /// <summary>Whether the entity carries a key; false only for a generated key that still has its type's default value.</summary>
    static abstract bool HasKey(TEntity entity);

    /// <summary>The version of an entity; null where there is none.</summary>
    static abstract long? VersionOf(TEntity entity);

    /// <summary>A key drawn by <see cref="ReserveKeys"/>, as the key's type.</summary>
    static abstract TKey KeyFromSequence(long value);

    /// <summary>
    /// The entity as the database would return it after insertion: with the key, the times (where they still are default) and the first version.
    /// </summary>
    static abstract TEntity Complete(TEntity entity, TKey key, DateTimeOffset now);

    /// <summary>
    /// Refuses values that their columns cannot hold. The binders check as well; a COPY of many rows is checked whole by this
    /// beforehand, because a row refused in its midst would come too late for a transaction.
    /// </summary>
    /// <exception cref="ColumnValueException">A value does not fit.</exception>
    static abstract void Check(TEntity entity);

    /// <summary>Adds the key's parameters.</summary>
    static abstract void BindKey(ParameterBinder binder, TKey key);

    /// <summary>Adds one array per part of the key.</summary>
    static abstract void BindKeys(ParameterBinder binder, IReadOnlyList<TKey> keys);

    /// <summary>Adds the parameters of an insert or upsert.</summary>
    static abstract void BindInsert(ParameterBinder binder, TEntity entity, bool withKey);

    /// <summary>Adds one array per column of an insert or upsert of many rows.</summary>
    static abstract void BindInsertMany(ParameterBinder binder, IReadOnlyList<TEntity> entities, bool withKeys);

    /// <summary>Adds the parameters of an update.</summary>
    static abstract void BindUpdate(ParameterBinder binder, TEntity entity);

    /// <summary>Writes one complete row of a COPY.</summary>
    static abstract Task CopyAsync(NpgsqlBinaryImporter importer, TEntity entity, CancellationToken cancellationToken);
}
