namespace DualDb.Caching;

/// <summary>What the entries of one space depend on.</summary>
internal sealed class DependencySet(params IReadOnlyList<Dependency> dependencies)
{
    private readonly Dependency[] _dependencies = [.. dependencies];

    /// <summary>The dependencies.</summary>
    public IReadOnlyList<Dependency> All => _dependencies;

    /// <summary>
    /// The generations in one number. Each of them only grows, so that the sum is the same exactly where every one of them is.
    /// </summary>
    public long Generation
    {
        get
        {
            var sum = 0L;
            foreach (var dependency in _dependencies)
            {
                sum += dependency.Generation;
            }

            return sum;
        }
    }
}
