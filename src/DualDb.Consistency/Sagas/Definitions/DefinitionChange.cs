namespace DualDb.Consistency.Sagas.Definitions;

/// <summary>Tells whether an instance that was begun under another definition can go on under this one.</summary>
internal static class DefinitionChange
{
    /// <summary>What has changed under the instance; null where it can go on.</summary>
    /// <param name="now">The definition of this process.</param>
    /// <param name="then">The signatures that the instance was begun with.</param>
    /// <param name="done">The steps that have taken effect, or may have, by name.</param>
    public static string? Find(SagaDefinition now, IReadOnlyList<string> then, IReadOnlyCollection<string> done)
    {
        var changes = new List<string>();
        if (then.Count > 0 && !string.Equals(then[0], now.Signatures[0], StringComparison.Ordinal))
        {
            changes.Add($"the input was '{Rest(then[0])}' and is '{Rest(now.Signatures[0])}'");
        }

        var lastDone = int.MinValue;
        foreach (var name in done)
        {
            var old = then.FirstOrDefault(line => IsOf(line, name));
            var index = IndexOf(now, name);
            if (index < 0)
            {
                changes.Add($"the step {name}, which is done, is gone");
                continue;
            }

            lastDone = Math.Max(lastDone, now.Steps[index].Number);
            if (old is not null && !string.Equals(old, now.Signatures[index + 1], StringComparison.Ordinal))
            {
                changes.Add($"the step {name}, which is done, was '{Rest(old)}' and is '{Rest(now.Signatures[index + 1])}'");
            }
        }

        changes.AddRange(now.Steps
            .Where(step => step.Number < lastDone && !done.Contains(step.Name, StringComparer.Ordinal))
            .Select(step => $"the step {step.Name} was put in front of what is done"));
        return changes.Count == 0 ? null : string.Join("; ", changes);
    }

    private static int IndexOf(SagaDefinition definition, string name)
        => definition.Steps.FirstOrDefault(step => string.Equals(step.Name, name, StringComparison.Ordinal))?.Index ?? -1;

    private static bool IsOf(string line, string step)
        => line.Length > step.Length && line[step.Length] == ' ' && line.StartsWith(step, StringComparison.Ordinal);

    private static string Rest(string line) => line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..];
}
