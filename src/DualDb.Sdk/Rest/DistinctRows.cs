using DualDb.Mapping;

namespace DualDb.Rest;

/// <summary>Leaves out rows of an answer that are alike; PostgREST has no word for it. Limits concern what is left.</summary>
internal sealed class DistinctRows(RestSelect select)
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private long _accepted;

    /// <summary>The selection without its limits.</summary>
    public RestSelect Everything { get; } = select with { Take = null, Skip = null };

    /// <summary>Whether no further row is wanted.</summary>
    public bool IsFull => select.Take is { } take && _accepted >= take;

    public bool Accepts(ResultRow row)
    {
        if (IsFull || !_seen.Add(row.Json()) || _seen.Count <= (select.Skip ?? 0))
        {
            return false;
        }

        _accepted++;
        return true;
    }
}
