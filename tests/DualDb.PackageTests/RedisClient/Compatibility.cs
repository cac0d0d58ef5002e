namespace DualDb.PackageTests.RedisClient;

/// <summary>Whether what was compiled against one version of an assembly binds to another version, without being compiled again.</summary>
internal static class Compatibility
{
    /// <summary>What would break, in words; empty when nothing would.</summary>
    /// <param name="used">What is used.</param>
    /// <param name="floor">The version that it was compiled against.</param>
    /// <param name="later">The version that it is to run with.</param>
    public static IReadOnlyList<string> Problems(
        IEnumerable<UsedType> used, IReadOnlyDictionary<string, OfferedType> floor, IReadOnlyDictionary<string, OfferedType> later) =>
        [.. used.SelectMany(type => later.TryGetValue(type.Name, out var offered)
            ? ProblemsOf(type, floor[type.Name], offered, later)
            : [$"{type.Name} is gone"])];

    private static IEnumerable<string> ProblemsOf(UsedType used, OfferedType floor, OfferedType offered, IReadOnlyDictionary<string, OfferedType> later)
    {
        var bases = Bases(offered, later).ToList();
        if (!string.Equals(floor.Kind, offered.Kind, StringComparison.Ordinal))
        {
            yield return $"{used.Name} was a {floor.Kind} and is a {offered.Kind}";
        }

        // Exceptions are caught by their base.
        if (floor.Base.Length > 0 && !bases.Contains(floor.Base, StringComparer.Ordinal))
        {
            yield return $"{used.Name} no longer derives from {floor.Base}";
        }

        // A call to a class finds inherited members; one to an interface does not find those of the interfaces beneath it.
        var inherited = bases.Where(later.ContainsKey).SelectMany(name => later[name].Members);
        foreach (var member in used.Members.Except(offered.Members.Concat(inherited), StringComparer.Ordinal))
        {
            yield return $"{used.Name} has no {member}";
        }

        // Constants are compiled into the caller, which refers to the type alone.
        foreach (var (name, value) in floor.Constants)
        {
            if (offered.Constants.GetValueOrDefault(name) is var other && !string.Equals(other, value, StringComparison.Ordinal))
            {
                yield return $"{used.Name}.{name} was {value} and is {other ?? "gone"}";
            }
        }

        if (used.IsImplemented)
        {
            foreach (var member in offered.MustBeImplemented.Except(floor.MustBeImplemented, StringComparer.Ordinal))
            {
                yield return $"{used.Name} also asks for {member}";
            }
        }
    }

    private static IEnumerable<string> Bases(OfferedType type, IReadOnlyDictionary<string, OfferedType> types)
    {
        for (var current = type; current is { Base.Length: > 0 }; current = types.GetValueOrDefault(current.Base))
        {
            yield return current.Base;
        }
    }
}
