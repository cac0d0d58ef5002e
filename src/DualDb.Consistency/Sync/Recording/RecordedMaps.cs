using DualDb.Consistency.Schema;
using DualDb.Consistency.Sync.Applying;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Consistency.Sync.Recording;

/// <summary>
/// The maps that a direction's position stands for. A node that has others would move it past changes that it does not know to be needed, and nobody would ever come back for them.
/// </summary>
/// <param name="source">Whose changes.</param>
/// <param name="all">All forms that were recorded.</param>
internal sealed class RecordedMaps(Database source, IReadOnlyList<RecordedMap> all)
{
    /// <summary>Reads them, in the database that is written to; <c>$1</c> is the source.</summary>
    private const string Sql = "select map, form, id = max(id) over (partition by map), needs_backfill, table_schema || '.' || table_name from dualdb.sync_maps where source = $1 order by id";

    public IReadOnlyList<RecordedMap> Current { get; } = [.. all.Where(static recorded => recorded.IsCurrent)];

    /// <summary>The maps of which rows wait for a backfill.</summary>
    public IReadOnlyList<string> NeedingBackfill => [.. Current.Where(static recorded => recorded.NeedsBackfill).Select(static recorded => recorded.Map)];

    public static NpgsqlBatchCommand Command(Database source) => DatabaseCall.Command(Sql, new NpgsqlParameter<short> { TypedValue = (short)source, NpgsqlDbType = NpgsqlDbType.Smallint });

    public static Task<RecordedMaps> FindAsync(PostgresDatabase target, Database source, CancellationToken cancellationToken)
        => DatabaseCall.AskAsync(target, "Reading which maps are recorded", [Command(source)], (reader, token) => ReadAsync(reader, source, token), cancellationToken);

    public static async Task<RecordedMaps> ReadAsync(NpgsqlDataReader reader, Database source, CancellationToken cancellationToken)
    {
        var all = new List<RecordedMap>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            all.Add(new RecordedMap(reader.GetString(0), reader.GetString(1), reader.GetBoolean(2), reader.GetBoolean(3), reader.GetString(4)));
        }

        return new RecordedMaps(source, all);
    }

    /// <summary>The names under which a node's maps are compared: with their forms.</summary>
    public static string[] Names(IEnumerable<Route> routes) => [.. routes.Select(static route => route.Map.Name + " " + route.Form)];

    /// <summary>What is recorded and a node does not have: maps, and later forms of its own.</summary>
    public IReadOnlyList<string> UnknownTo(IReadOnlyList<Route> routes)
        => [.. Current.Where(recorded => routes.FirstOrDefault(route => IsOf(recorded, route)) is not { } own || (!HasForm(recorded, own) && IsRecorded(own))).Select(static recorded => recorded.Map)];

    /// <summary>What a node has and is not recorded: maps, and forms that would be new.</summary>
    public IReadOnlyList<Route> MissingOf(IReadOnlyList<Route> routes) => [.. routes.Where(route => !IsRecorded(route))];

    /// <summary>What a node carries: its maps that are recorded in this form, and in no later one.</summary>
    public IReadOnlyList<Route> CarriedBy(IReadOnlyList<Route> routes) => [.. routes.Where(route => Current.Any(recorded => IsOf(recorded, route) && HasForm(recorded, route)))];

    /// <summary>What waits while such a node moves the position.</summary>
    public IReadOnlyList<string> LackedBy(IReadOnlyList<Route> routes)
        => [.. Current.Where(recorded => !routes.Any(route => IsOf(recorded, route) && HasForm(recorded, route))).Select(static recorded => recorded.Map)];

    /// <summary>What a node with these maps does not carry, and why; null where it carries all.</summary>
    public string? FaultOf(IReadOnlyList<Route> routes)
    {
        var (unknown, missing) = (UnknownTo(routes), MissingOf(routes));
        return unknown.Count > 0
                ? $"Changes of {source} are needed for maps that this node does not have, or has in an earlier form: {string.Join(", ", unknown)}. {Left(routes)} If one was removed on purpose, call db.Sync.ForgetAsync(\"{unknown[0]}\")."
            : missing.Count > 0
                ? $"Maps of this node are not recorded for changes of {source}: {string.Join(", ", missing.Select(static route => route.Map.Name))}. Their changes are not carried. Call db.Sync.InstallAsync(); if they were forgotten on purpose, end this node."
            : null;
    }

    private string Left(IReadOnlyList<Route> routes)
        => CarriedBy(routes).Count > 0 ? "Those wait for a node that does; the changes of other maps are carried meanwhile." : "It leaves all to nodes that do.";

    private bool IsRecorded(Route route) => all.Any(recorded => IsOf(recorded, route) && HasForm(recorded, route));

    private static bool HasForm(RecordedMap recorded, Route route) => string.Equals(recorded.Form, route.Form, StringComparison.Ordinal);

    private static bool IsOf(RecordedMap recorded, Route route) => string.Equals(recorded.Map, route.Map.Name, StringComparison.Ordinal);
}
