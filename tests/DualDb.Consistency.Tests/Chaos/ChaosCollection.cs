namespace DualDb.Consistency.Tests.Chaos;

/// <summary>Alone: what takes minutes with killed processes leaves little of the machine to others, and timeouts of theirs would be its fault.</summary>
[CollectionDefinition(nameof(ChaosCollection), DisableParallelization = true)]
public sealed class ChaosCollection;
