namespace DualDb.Caching;

/// <summary>What is no longer as it was: single entries, and dependencies that take whole sets with them.</summary>
internal sealed class Invalidation
{
    /// <summary>Above so many entries of a subject all of them are meant: a message must not grow with the rows of a bulk insert.</summary>
    private const int MostEntries = 1_000;

    private readonly HashSet<CacheAddress> _addresses = [];
    private readonly HashSet<string> _dependencies = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    public IReadOnlyCollection<CacheAddress> Addresses => _addresses;

    public IReadOnlyCollection<string> Dependencies => _dependencies;

    public bool IsEmpty => _addresses.Count == 0 && _dependencies.Count == 0;

    public void Add(CacheAddress address)
    {
        if (_dependencies.Contains(Dependency.Entries(address.Subject)) || !_addresses.Add(address))
        {
            return;
        }

        var count = _counts.GetValueOrDefault(address.Subject) + 1;
        _counts[address.Subject] = count;
        if (count > MostEntries)
        {
            AddAll(address.Subject);
        }
    }

    public void Add(string dependency) => _dependencies.Add(dependency);

    /// <summary>Means every entry of a subject.</summary>
    public void AddAll(string subject)
    {
        _addresses.RemoveWhere(address => string.Equals(address.Subject, subject, StringComparison.Ordinal));
        _counts.Remove(subject);
        _dependencies.Add(Dependency.Entries(subject));
        _dependencies.Add(Dependency.Table(subject));
    }

    public void Add(Invalidation other)
    {
        foreach (var dependency in other._dependencies)
        {
            _dependencies.Add(dependency);
        }

        foreach (var address in other._addresses)
        {
            Add(address);
        }
    }
}
