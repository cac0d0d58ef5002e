namespace DualDb.Querying;

/// <summary>A group of rows, for the aggregates of <see cref="GroupAggregates"/>.</summary>
/// <typeparam name="TEntity">The entity.</typeparam>
/// <typeparam name="TColumns">Its columns.</typeparam>
public interface IGroup<TEntity, TColumns>
    where TEntity : class
    where TColumns : struct;
