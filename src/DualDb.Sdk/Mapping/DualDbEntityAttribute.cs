using System.ComponentModel;

namespace DualDb.Mapping;

/// <summary>
/// Written by the source generator: tells the generator of a referencing project which entities this assembly holds.
/// </summary>
/// <param name="entity">The entity.</param>
/// <param name="map">Its generated map.</param>
/// <param name="repository">Its generated repository.</param>
/// <param name="repositoryInterface">The interface of that repository.</param>
/// <param name="database">Where it is stored.</param>
/// <param name="set">The name of the repository property on a root.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class DualDbEntityAttribute(
    Type entity, Type map, Type repository, Type repositoryInterface, Database database, string set) : Attribute
{
    /// <summary>The entity.</summary>
    public Type Entity { get; } = entity;

    /// <summary>Its generated map.</summary>
    public Type Map { get; } = map;

    /// <summary>Its generated repository.</summary>
    public Type Repository { get; } = repository;

    /// <summary>The interface of that repository.</summary>
    public Type RepositoryInterface { get; } = repositoryInterface;

    /// <summary>Where it is stored.</summary>
    public Database Database { get; } = database;

    /// <summary>The name of the repository property on a root.</summary>
    public string Set { get; } = set;
}
