namespace DualDb.Hosting;

/// <summary>Says that the roots of a container leave out Redis.</summary>
internal sealed class InMemoryCacheOnly;
