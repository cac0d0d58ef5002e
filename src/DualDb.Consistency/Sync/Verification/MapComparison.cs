namespace DualDb.Consistency.Sync.Verification;

/// <summary>Compares two tables block by block: hashes first, and rows only where those differ.</summary>
internal sealed class MapComparison(SideReader source, SideReader target, VerificationOptions options)
{
    /// <summary>Blocks of so few rows are not split further.</summary>
    private const int FewRows = 2000;

    private readonly Dictionary<string, string> _found = new(StringComparer.Ordinal);

    public long SourceRows { get; private set; }

    public long TargetRows { get; private set; }

    /// <summary>Whether more may differ than were looked for.</summary>
    public bool IsPartial { get; private set; }

    /// <summary>The keys whose rows seem to differ, as text and as JSON by the source's columns: changes on their way among them.</summary>
    public IReadOnlyDictionary<string, string> Found => _found;

    public async Task RunAsync(CancellationToken cancellationToken) => await CompareAsync(default, options.BlockSize, isFirst: true, cancellationToken).ConfigureAwait(false);

    private async Task CompareAsync(Range range, int blockSize, bool isFirst, CancellationToken cancellationToken)
    {
        var bounds = await source.BoundsAsync(blockSize, range, cancellationToken).ConfigureAwait(false);
        var left = source.BlocksAsync(bounds, range, cancellationToken);
        var right = target.BlocksAsync(bounds, range, cancellationToken);
        await Task.WhenAll(left, right).ConfigureAwait(false);
        var (sources, targets) = (await left.ConfigureAwait(false), await right.ConfigureAwait(false));
        if (isFirst)
        {
            (SourceRows, TargetRows) = (sources.Values.Sum(static block => block.Rows), targets.Values.Sum(static block => block.Rows));
        }

        foreach (var block in sources.Keys.Union(targets.Keys).Order().Where(block => sources.GetValueOrDefault(block) != targets.GetValueOrDefault(block)))
        {
            if (_found.Count >= options.MaxDifferences * 2)
            {
                IsPartial = true;
                return;
            }

            var part = range.Block(bounds, block);
            var rows = Math.Max(sources.GetValueOrDefault(block).Rows, targets.GetValueOrDefault(block).Rows);
            if (rows > FewRows && part != range)
            {
                await CompareAsync(part, Math.Max(10, blockSize / 20), isFirst: false, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await CompareRowsAsync(part, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task CompareRowsAsync(Range range, CancellationToken cancellationToken)
    {
        var left = source.RowsAsync(range, cancellationToken);
        var right = target.RowsAsync(range, cancellationToken);
        await Task.WhenAll(left, right).ConfigureAwait(false);
        var (sources, targets) = (await left.ConfigureAwait(false), await right.ConfigureAwait(false));
        foreach (var (text, row) in sources)
        {
            if (!targets.TryGetValue(text, out var other) || other.Hash != row.Hash)
            {
                _found[text] = row.Key;
            }
        }

        foreach (var (text, row) in targets)
        {
            if (!sources.ContainsKey(text))
            {
                _found[text] = row.Key;
            }
        }
    }
}
