using DualDb.ChangeLog;
using DualDb.Consistency.Schema;
using DualDb.Consistency.Sync.Applying;
using NpgsqlTypes;

namespace DualDb.Consistency.Sync.Running;

/// <summary>
/// Keeps a node from carrying changes that its maps were not made for: while a version of the application is replaced by the next, nodes of both run, and one would leave out, or empty, the columns that it does not know.
/// </summary>
internal sealed class ShapeFence
{
    private const string Recorded = "select table_schema || '.' || table_name, shape from dualdb.sync_shapes where table_schema || '.' || table_name = any ($1)";

    private readonly PostgresDatabase _source;
    private readonly IReadOnlyDictionary<string, TableShape> _shapes;
    private readonly HashSet<int> _known = [];

    public ShapeFence(PostgresDatabase source, IReadOnlyList<Route> routes)
    {
        _source = source;
        _shapes = routes.GroupBy(static route => route.From.Name, StringComparer.Ordinal)
            .ToDictionary(static group => group.Key, static group => TableShape.Of(group.Select(static route => route.Map)), StringComparer.Ordinal);
    }

    /// <summary>Why this node must not carry changes; null where it may. What was written under an earlier shape, and is on its way, it may carry.</summary>
    public async Task<string?> FaultAsync(CancellationToken cancellationToken)
    {
        var recorded = await RecordedAsync(cancellationToken).ConfigureAwait(false);
        foreach (var (table, shape) in _shapes.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
        {
            if (recorded.TryGetValue(table, out var text) && shape.ChangesSince(TableShape.Parse(text)) is { } changes)
            {
                return $"The maps of {table} are other ones in this node than db.Sync.InstallAsync() has recorded ({changes}). Its changes wait for a node that has those; none is lost. Bring this node to the version that was installed, or install its own with db.Sync.InstallAsync().";
            }
        }

        return null;
    }

    /// <summary>Looks again where a page holds changes that were made under a shape not seen before.</summary>
    /// <param name="changes">The page.</param>
    /// <param name="cancellationToken">Cancels the look.</param>
    public async Task<string?> FaultOfAsync(IReadOnlyList<LoggedChange> changes, CancellationToken cancellationToken)
    {
        var versions = changes.Select(static change => change.SchemaVersion).OfType<int>().Distinct().Where(version => !_known.Contains(version)).ToList();
        if (versions.Count == 0)
        {
            return null;
        }

        var fault = await FaultAsync(cancellationToken).ConfigureAwait(false);
        if (fault is null)
        {
            _known.UnionWith(versions);
        }

        return fault;
    }

    private Task<Dictionary<string, string>> RecordedAsync(CancellationToken cancellationToken)
        => DatabaseCall.AskAsync(
            _source,
            "Reading what maps were installed",
            [DatabaseCall.Command(Recorded, DatabaseCall.Parameter(_shapes.Keys.ToArray(), NpgsqlDbType.Text))],
            static async (reader, token) =>
            {
                var recorded = new Dictionary<string, string>(StringComparer.Ordinal);
                while (await reader.ReadAsync(token).ConfigureAwait(false))
                {
                    recorded.Add(reader.GetString(0), reader.GetString(1));
                }

                return recorded;
            },
            cancellationToken);
}
