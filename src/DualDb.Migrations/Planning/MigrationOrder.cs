namespace DualDb.Migrations.Planning;

/// <summary>Puts migrations of both databases into one order.</summary>
internal static class MigrationOrder
{
    /// <summary>The order by what migrations say themselves: what is required comes first, and where nothing is, the smaller id. The same for the same migrations, wherever and however they were read.</summary>
    /// <exception cref="MigrationFileException">Two share an id, one requires what is not there, or they require each other in a circle.</exception>
    public static IReadOnlyList<T> Of<T>(IReadOnlyList<T> migrations)
        where T : class, IOrderedMigration
    {
        var byId = Index(migrations);
        foreach (var migration in migrations)
        {
            RefuseUnknown(migration, byId);
        }

        var ordered = Sort(migrations, byId);
        return ordered.Count == migrations.Count ? ordered : throw Circle(byId, ordered);
    }

    /// <summary>The migrations by their ids.</summary>
    /// <exception cref="MigrationFileException">Two share an id.</exception>
    public static Dictionary<MigrationId, T> Index<T>(IEnumerable<T> migrations)
        where T : class, IOrderedMigration
    {
        var byId = new Dictionary<MigrationId, T>();
        foreach (var migration in migrations)
        {
            if (byId.TryGetValue(migration.Id, out var other))
            {
                throw MigrationFileException.Of(migration.Source, null, $"{migration.Id} was found in {other.Source} as well; rename one of the two");
            }

            byId.Add(migration.Id, migration);
        }

        return byId;
    }

    /// <exception cref="MigrationFileException">A migration requires what is not there.</exception>
    public static void RefuseUnknown<T>(T migration, IReadOnlyDictionary<MigrationId, T> known)
        where T : class, IOrderedMigration
    {
        foreach (var required in migration.Requires)
        {
            if (required.IsRepeatable && !migration.Id.IsRepeatable)
            {
                throw MigrationFileException.Of(migration.Source, migration.RequiresLine, $"it requires {required}, which runs behind all others, whenever it has changed; write what it needs into a migration with a time, or give both a name with R__");
            }

            if (!known.ContainsKey(required))
            {
                var near = known.Keys.Where(id => IsNear(id, required)).OrderBy(static id => id).Take(1).ToList();
                var hint = near is [var likely] ? $"did you mean {likely}?" : "add it, or correct the name";
                throw MigrationFileException.Of(migration.Source, migration.RequiresLine, $"it requires {required}, which is not there: {hint}");
            }
        }
    }

    /// <summary>Those that can be put into an order, in it. What is required and not there is passed over.</summary>
    public static List<T> Sort<T>(IReadOnlyList<T> migrations, IReadOnlyDictionary<MigrationId, T> byId)
        where T : class, IOrderedMigration
        => Sort(migrations, byId, static migration => migration.Requires);

    /// <summary>The same by requirements that are more than the migrations say themselves.</summary>
    public static List<T> Sort<T>(IReadOnlyList<T> migrations, IReadOnlyDictionary<MigrationId, T> byId, Func<T, IEnumerable<MigrationId>> requirementsOf)
        where T : class, IOrderedMigration
    {
        var open = new Dictionary<MigrationId, int>();
        var dependents = new Dictionary<MigrationId, List<MigrationId>>();
        foreach (var migration in migrations)
        {
            var requires = requirementsOf(migration).Distinct().Where(byId.ContainsKey).ToList();
            open[migration.Id] = requires.Count;
            foreach (var required in requires)
            {
                if (!dependents.TryGetValue(required, out var list))
                {
                    dependents[required] = list = [];
                }

                list.Add(migration.Id);
            }
        }

        var ready = new SortedSet<MigrationId>(migrations.Select(static migration => migration.Id).Where(id => open[id] == 0));
        var ordered = new List<T>(migrations.Count);
        while (ready.Count > 0)
        {
            var next = ready.Min;
            ready.Remove(next);
            ordered.Add(byId[next]);
            foreach (var dependent in dependents.TryGetValue(next, out var list) ? list : [])
            {
                if (--open[dependent] == 0)
                {
                    ready.Add(dependent);
                }
            }
        }

        return ordered;
    }

    /// <summary>Says which migrations require each other in a circle.</summary>
    /// <param name="byId">All of them.</param>
    /// <param name="ordered">Those that could be put into an order, which are not all.</param>
    public static MigrationFileException Circle<T>(IReadOnlyDictionary<MigrationId, T> byId, IReadOnlyList<T> ordered)
        where T : class, IOrderedMigration
    {
        var stuck = new HashSet<MigrationId>(byId.Keys.Except(ordered.Select(static migration => migration.Id)));
        var path = new List<MigrationId> { stuck.Min() };
        while (true)
        {
            var next = byId[path[path.Count - 1]].Requires.Where(stuck.Contains).Min();
            var seen = path.IndexOf(next);
            path.Add(next);
            if (seen >= 0)
            {
                return MigrationFileException.Of(
                    byId[next].Source, byId[next].RequiresLine, $"migrations require each other in a circle: {string.Join(" requires ", path.Skip(seen))}; remove one of these requirements, or divide a migration");
            }
        }
    }

    private static bool IsNear(MigrationId id, MigrationId required)
        => string.Equals(id.Name, required.Name, StringComparison.Ordinal)
            || id.Name.EndsWith(required.Name.Substring(required.Name.IndexOf('_', StringComparison.Ordinal)), StringComparison.Ordinal);
}
