using DualDb.Mapping;

namespace DualDb.Rest;

/// <summary>Leaves out rows of an answer that are alike; PostgREST has no word for it. Limits concern what is left.</summary>
internal sealed class DistinctRows(RestSelect select)
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly List<string> _added = [];
    private long _accepted;
    private long _acceptedBefore;

    /// <summary>The selection without its limits.</summary>
    public RestSelect Everything { get; } = select with { Take = null, Skip = null };

    /// <summary>Whether no further row is wanted.</summary>
    public bool IsFull => select.Take is { } take && _accepted >= take;

    public bool Accepts(ResultRow row)
    {
        var text = row.Json();
        if (IsFull || !_seen.Add(text))
        {
            return false;
        }

        _added.Add(text);
        if (_seen.Count <= (select.Skip ?? 0))
        {
            return false;
        }

        _accepted++;
        return true;
    }

    /// <summary>An answer begins.</summary>
    public void Begin()
    {
        _added.Clear();
        _acceptedBefore = _accepted;
    }

    /// <summary>Forgets the rows of an answer that broke off, and comes again.</summary>
    public void Undo()
    {
        _seen.ExceptWith(_added);
        _accepted = _acceptedBefore;
    }
}
