using DualDb.Mapping;
using Npgsql;

namespace DualDb.Querying;

/// <summary>A type made from some columns of an entity; implemented by the generated part of types with <see cref="ProjectionAttribute{TEntity}"/>.</summary>
/// <typeparam name="TEntity">The entity.</typeparam>
/// <typeparam name="TSelf">The type.</typeparam>
public interface IProjection<TEntity, TSelf>
    where TEntity : class
    where TSelf : IProjection<TEntity, TSelf>
{
    /// <summary>The columns, in the order in which <see cref="Read"/> expects them.</summary>
    static abstract IReadOnlyList<Operand<TEntity>> Columns { get; }

    /// <summary>Makes an instance from the current row.</summary>
    /// <param name="row">The row.</param>
    static abstract TSelf Read(ResultRow row);
}
