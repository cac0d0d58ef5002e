namespace DualDb.IntegrationTests.Repositories;

/// <summary>The root over the entities of both libraries of shapes.</summary>
[DualDatabase]
public partial class ShapesDb;
