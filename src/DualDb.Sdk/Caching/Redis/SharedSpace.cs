namespace DualDb.Caching;

/// <summary>The names in Redis of one space's entries: payloads and locks are those of one user, where they are; the numbers of invalidations are everybody's.</summary>
internal sealed class SharedSpace(RedisKeys keys, string subject, string kind, string schema, DependencySet dependencies, string? partition = null)
{
    private readonly string _payloads = keys.PayloadsOf(subject, partition is null ? schema : $"{schema}@{partition}", kind);
    private readonly string _versions = keys.VersionsOf(subject, kind);
    private readonly string _locks = keys.LocksOf(subject, partition is null ? kind : $"{kind}@{partition}");

    /// <summary>What all entries of the space depend on.</summary>
    public DependencySet DependencySet => dependencies;

    /// <summary>The keys of their numbers.</summary>
    public IReadOnlyList<string> Dependencies { get; } = [.. dependencies.All.Select(dependency => keys.DependencyOf(dependency.Name))];

    public CacheAddress AddressOf(string text) => new(subject, kind, text);

    public string PayloadKey(string text) => _payloads + text;

    public string VersionKey(string text) => _versions + text;

    public string LockKey(string text) => _locks + text;
}
