using DualDb.Consistency.Sync.Recording;

namespace DualDb.Consistency.Sync.Applying;

/// <summary>One way of a map: from a table to the other side's.</summary>
internal sealed class Route
{
    public Route(SyncMap map, bool isReverse)
    {
        Map = map;
        Decides = isReverse;
        (From, To) = isReverse ? (map.Target, map.Source) : (map.Source, map.Target);
        Columns = [.. map.Columns.Select(column => isReverse ? (column.Target, column.Source!) : (column.Source ?? column.Target, column.Target))];
        KeyFrom = [.. map.Columns.Select((column, place) => (column.IsKey, Columns[place].From)).Where(static column => column.IsKey).Select(static column => column.From)];
        KeyTo = [.. map.Columns.Select((column, place) => (column.IsKey, Columns[place].To)).Where(static column => column.IsKey).Select(static column => column.To)];
        Copied = [.. map.Columns.Select(column => isReverse ? column.Target : column.Source).OfType<string>()];
        Form = MapForm.Of(map);
        Sql = new RouteSql(this);
    }

    public SyncMap Map { get; }

    public SyncTable From { get; }

    public SyncTable To { get; }

    /// <summary>Whether changes are weighed against the target's row: they come from the other side of a two-way map. The source's word is taken as it is.</summary>
    public bool Decides { get; }

    /// <summary>Whether the target keeps what it has heard of each row, since it changes rows itself.</summary>
    public bool KeepsRows => Map.Direction == SyncDirection.TwoWay;

    public IReadOnlyList<(string From, string To)> Columns { get; }

    /// <summary>The columns that are copied as they are.</summary>
    public IReadOnlyList<string> Copied { get; }

    public IReadOnlyList<string> KeyFrom { get; }

    public IReadOnlyList<string> KeyTo { get; }

    /// <summary>What the map makes of rows, as a hash.</summary>
    public string Form { get; }

    public RouteSql Sql { get; }

    /// <summary>The ways of a map, the source's first.</summary>
    public static IReadOnlyList<Route> Of(SyncMap map) => map.Direction == SyncDirection.TwoWay ? [new(map, isReverse: false), new(map, isReverse: true)] : [new(map, isReverse: false)];

    /// <summary>All that leads from a database to the other one.</summary>
    public static IReadOnlyList<Route> LeadingFrom(Database source, IEnumerable<SyncMap> maps) => [.. maps.SelectMany(Of).Where(route => route.From.Database == source)];
}
