namespace DualDb.Testing.Killing;

/// <summary>Random numbers that a seed repeats. The algorithm of a seeded <see cref="Random"/> does not change between versions of .NET.</summary>
internal sealed class SeededRandom(int seed)
{
    // No secret is made of it.
#pragma warning disable CA5394
    private readonly Random _random = new(seed);

    public static int NewSeed() => Random.Shared.Next();

    public double Share() => _random.NextDouble();
#pragma warning restore CA5394
}
