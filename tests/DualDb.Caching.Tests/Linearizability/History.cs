using System.Diagnostics;

namespace DualDb.Caching.Tests.Linearizability;

/// <summary>The logs of all nodes, and what must never be found in them.</summary>
internal sealed class History(IReadOnlyList<IReadOnlyList<Operation>> nodes)
{
    private static readonly long Second = Stopwatch.Frequency;

    public int Reads => nodes.Sum(static node => node.Count(static operation => operation.Kind == "read"));

    public int Writes => nodes.Sum(static node => node.Count(static operation => operation.Kind == "write"));

    /// <summary>How long the longest time was in which a node was cut off from the others.</summary>
    public TimeSpan LongestOutage => nodes.SelectMany(static node => node)
        .Where(static operation => operation.Kind == "outage")
        .Select(static outage => Stopwatch.GetElapsedTime(outage.Began, outage.Ended))
        .DefaultIfEmpty().Max();

    public int Outages(int node) => nodes[node].Count(static operation => operation.Kind == "outage");

    /// <summary>Reads of an older version than a write that was acknowledged before they began: on the node of the write itself, and on others once propagation has had its second.</summary>
    public IReadOnlyList<string> Violations()
    {
        var violations = new List<string>();
        for (var reader = 0; reader < nodes.Count; reader++)
        {
            for (var writer = 0; writer < nodes.Count; writer++)
            {
                violations.AddRange(Violations(reader, writer));
            }
        }

        return violations;
    }

    private IEnumerable<string> Violations(int reader, int writer)
    {
        Operation[] outages = [.. nodes[reader].Concat(nodes[writer]).Where(static operation => operation.Kind == "outage").OrderBy(static outage => outage.Began)];
        var writes = nodes[writer].Where(static operation => operation.Kind == "write")
            .Select(write => (Write: write, From: reader == writer ? write.Ended : SettledAfter(write.Ended, outages)))
            .ToLookup(static write => write.Write.Key);
        foreach (var reads in nodes[reader].Where(static operation => operation.Kind == "read").GroupBy(static read => read.Key))
        {
            var known = writes[reads.Key].OrderBy(static write => write.From).ToArray();
            var (next, newest) = (0, (Operation?)null);
            foreach (var read in reads.OrderBy(static read => read.Began))
            {
                for (; next < known.Length && known[next].From < read.Began; next++)
                {
                    newest = newest is null || known[next].Write.Version > newest.Version ? known[next].Write : newest;
                }

                if (newest is not null && read.Version < newest.Version)
                {
                    yield return $"node {reader} read version {read.Version} of {read.Key} by {read.How}, {Stopwatch.GetElapsedTime(newest.Ended, read.Began)} after node {writer} had written {newest.Version} by {newest.How}";
                }
            }
        }
    }

    /// <summary>When a second without an outage of either node has passed.</summary>
    private static long SettledAfter(long moment, Operation[] outages)
    {
        foreach (var outage in outages)
        {
            if (outage.Ended > moment && outage.Began < moment + Second)
            {
                moment = outage.Ended;
            }
        }

        return moment + Second;
    }
}
