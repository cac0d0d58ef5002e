namespace DualDb.IntegrationTests.Repositories.Costs;

/// <summary>Tests that other tests beside them would falsify.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "Alone";
}
