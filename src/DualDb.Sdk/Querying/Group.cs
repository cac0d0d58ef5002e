using DualDb.Querying;

namespace DualDb;

/// <summary>Rows that have the same value in a column.</summary>
/// <typeparam name="TEntity">The entity.</typeparam>
/// <typeparam name="TColumns">Its columns.</typeparam>
/// <typeparam name="TKey">The type of the column.</typeparam>
/// <param name="Key">The value that they have in common.</param>
public readonly record struct Group<TEntity, TColumns, TKey>(Column<TEntity, TKey> Key) : IGroup<TEntity, TColumns>
    where TEntity : class
    where TColumns : struct;

/// <summary>Rows that have the same values in two columns.</summary>
/// <typeparam name="TEntity">The entity.</typeparam>
/// <typeparam name="TColumns">Its columns.</typeparam>
/// <typeparam name="TFirst">The type of the first column.</typeparam>
/// <typeparam name="TSecond">The type of the second column.</typeparam>
/// <param name="First">The first value that they have in common.</param>
/// <param name="Second">The second.</param>
public readonly record struct Group<TEntity, TColumns, TFirst, TSecond>(Column<TEntity, TFirst> First, Column<TEntity, TSecond> Second) : IGroup<TEntity, TColumns>
    where TEntity : class
    where TColumns : struct;
