using DualDb.Migrations.Files;

namespace DualDb.Migrations.Planning;

/// <summary>
/// The order in which migrations are applied. One that says nothing of what it requires comes behind all before it in its database, also where one of those waits for the other database; unless what is before it requires it.
/// </summary>
internal sealed class ImpliedOrder
{
    private readonly IReadOnlyDictionary<MigrationId, Migration> _byId;
    private readonly Dictionary<MigrationId, List<MigrationId>> _requirements;
    private readonly Dictionary<MigrationId, List<MigrationId>> _implied = [];

    private ImpliedOrder(IReadOnlyList<Migration> migrations)
    {
        _byId = migrations.ToDictionary(static migration => migration.Id);
        _requirements = migrations.ToDictionary(static migration => migration.Id, static migration => migration.Requires.ToList());
    }

    /// <summary>The order.</summary>
    /// <exception cref="MigrationFileException">Two share an id, one requires what is not there, or they require each other in a circle.</exception>
    public static IReadOnlyList<Migration> Of(IReadOnlyList<Migration> migrations)
    {
        var said = MigrationOrder.Of(migrations);
        var order = new ImpliedOrder(said);
        order.Imply();
        return MigrationOrder.Sort(said, order._byId, migration => order._requirements[migration.Id]);
    }

    private void Imply()
    {
        // What is implied leads to what has the smaller id, so that there is no circle without something said that does not.
        var mayContradict = _byId.Values.Any(static migration => migration.Requires.Any(required => required > migration.Id));
        foreach (var database in _byId.Values.Where(static migration => !migration.Id.IsRepeatable).OrderBy(static migration => migration.Id).ToLookup(static migration => migration.Id.Database))
        {
            // Those that none behind them waits for yet.
            var last = new List<MigrationId>();
            foreach (var migration in database)
            {
                if (!migration.SaysRequires)
                {
                    var waited = _implied[migration.Id] = [.. last.SelectMany(before => WaitedOf(before, migration.Id, mayContradict))];
                    _requirements[migration.Id].AddRange(waited);
                    last = [.. last.Except(waited)];
                }

                last.Add(migration.Id);
            }
        }
    }

    // Where what is before a migration requires it, what that waits for may still be waited for.
    private IEnumerable<MigrationId> WaitedOf(MigrationId before, MigrationId id, bool mayContradict)
        => !mayContradict || !Requires(before, id) ? [before]
            : _implied.TryGetValue(before, out var earlier) ? earlier.SelectMany(one => WaitedOf(one, id, mayContradict))
            : [];

    // Also by way of others, in both databases.
    private bool Requires(MigrationId id, MigrationId required)
    {
        var seen = new HashSet<MigrationId>();
        var open = new Stack<MigrationId>([id]);
        while (open.TryPop(out var next))
        {
            if (next == required)
            {
                return true;
            }

            if (seen.Add(next))
            {
                _requirements[next].ForEach(open.Push);
            }
        }

        return false;
    }
}
