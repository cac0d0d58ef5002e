using DualDb.Migrations.Files;

namespace DualDb.Migrations.Planning;

/// <summary>Puts migrations of both databases into one order.</summary>
internal static class MigrationOrder
{
    /// <summary>The order: what is required comes first, and where nothing is, the smaller id. The same for the same migrations, wherever and however they were read.</summary>
    /// <exception cref="MigrationFileException">Two share an id, one requires what is not there, or they require each other in a circle.</exception>
    public static IReadOnlyList<Migration> Of(IReadOnlyList<Migration> migrations)
    {
        var byId = Index(migrations);
        var open = new Dictionary<MigrationId, int>();
        var dependents = new Dictionary<MigrationId, List<Migration>>();
        foreach (var migration in migrations)
        {
            var requires = migration.Requires.Distinct().ToList();
            open[migration.Id] = requires.Count;
            foreach (var required in requires)
            {
                _ = byId.ContainsKey(required) ? true : throw Unknown(migration, required, byId);
                if (!dependents.TryGetValue(required, out var list))
                {
                    dependents[required] = list = [];
                }

                list.Add(migration);
            }
        }

        var ready = new PriorityQueue<Migration, MigrationId>(migrations.Where(migration => open[migration.Id] == 0).Select(static migration => (migration, migration.Id)));
        var ordered = new List<Migration>(migrations.Count);
        while (ready.TryDequeue(out var next, out _))
        {
            ordered.Add(next);
            foreach (var dependent in dependents.GetValueOrDefault(next.Id, []))
            {
                if (--open[dependent.Id] == 0)
                {
                    ready.Enqueue(dependent, dependent.Id);
                }
            }
        }

        return ordered.Count == migrations.Count ? ordered : throw Circle(byId, ordered);
    }

    private static Dictionary<MigrationId, Migration> Index(IReadOnlyList<Migration> migrations)
    {
        var byId = new Dictionary<MigrationId, Migration>();
        foreach (var migration in migrations)
        {
            if (!byId.TryAdd(migration.Id, migration))
            {
                throw MigrationFileException.Of(migration.Source, null, $"{migration.Id} was found in {byId[migration.Id].Source} as well; rename one of the two");
            }
        }

        return byId;
    }

    private static MigrationFileException Unknown(Migration migration, MigrationId required, Dictionary<MigrationId, Migration> known)
    {
        var near = known.Keys.Where(id => id.Name.EndsWith(required.Name[required.Name.IndexOf('_', StringComparison.Ordinal)..], StringComparison.Ordinal) || string.Equals(id.Name, required.Name, StringComparison.Ordinal)).Order().Take(1).ToList();
        var hint = near is [var likely] ? $"did you mean {likely}?" : "add it, or correct the name";
        return MigrationFileException.Of(migration.Source, null, $"it requires {required}, which is not there: {hint}");
    }

    private static MigrationFileException Circle(Dictionary<MigrationId, Migration> byId, List<Migration> ordered)
    {
        var stuck = byId.Keys.Except(ordered.Select(static migration => migration.Id)).ToHashSet();
        var path = new List<MigrationId> { stuck.Min() };
        while (true)
        {
            var next = byId[path[^1]].Requires.Where(stuck.Contains).Min();
            var seen = path.IndexOf(next);
            path.Add(next);
            if (seen >= 0)
            {
                return MigrationFileException.Of(
                    byId[next].Source, null, $"migrations require each other in a circle: {string.Join(" requires ", path.Skip(seen))}; remove one of these requirements, or divide a migration");
            }
        }
    }
}
