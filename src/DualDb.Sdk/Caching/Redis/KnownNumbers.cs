using System.Collections.Concurrent;

namespace DualDb.Caching;

/// <summary>
/// The numbers of the invalidations that this node has sent or seen. A payload from before is not taken, whatever Redis holds of the numbers: it may have come back with an older state.
/// </summary>
/// <param name="isWatched">Whether anything depends on a name: of others nothing needs to be known, and there may be any number.</param>
internal sealed class KnownNumbers(Func<string, bool> isWatched)
{
    // Several entries share a number, the highest of theirs: a payload refused for another's sake is loaded anew, which is never wrong.
    private const int Stripes = 4_096;

    private readonly long[] _entries = new long[Stripes];
    private readonly ConcurrentDictionary<string, long> _dependencies = new(StringComparer.Ordinal);

    public void Note(Invalidation invalidation, long number)
    {
        foreach (var address in invalidation.Addresses)
        {
            Raise(ref _entries[Place(address)], number);
        }

        foreach (var dependency in invalidation.Dependencies)
        {
            if (!isWatched(dependency))
            {
                continue;
            }

            _dependencies.AddOrUpdate(dependency, static (_, given) => given, static (_, known, given) => Math.Max(known, given), number);
        }
    }

    public long Of(CacheAddress address) => Volatile.Read(ref _entries[Place(address)]);

    public long Of(DependencySet dependencies) => dependencies.All.Max(dependency => _dependencies.GetValueOrDefault(dependency.Name));

    public void Clear()
    {
        Array.Clear(_entries);
        _dependencies.Clear();
    }

    private static int Place(CacheAddress address) => (int)((uint)address.GetHashCode() % Stripes);

    private static void Raise(ref long place, long number)
    {
        var known = Volatile.Read(ref place);
        while (number > known)
        {
            var seen = Interlocked.CompareExchange(ref place, number, known);
            if (seen == known)
            {
                return;
            }

            known = seen;
        }
    }
}
