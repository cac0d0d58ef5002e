namespace DualDb.Consistency.Schema;

/// <summary>A part of the schema <c>dualdb</c> that is installed and counted by itself.</summary>
/// <param name="Name">Its name in <c>dualdb.schema_versions</c>.</param>
/// <param name="Scripts">What leads from each version to the next: the first from nothing to version 1. A script that was released is never changed; another is added.</param>
internal sealed record SchemaModule(string Name, params IReadOnlyList<string> Scripts)
{
    /// <summary>A table that was there before: whoever may work with it may work with what comes to be later; null for none.</summary>
    public string? Pattern { get; init; }

    /// <summary>The version that this library knows.</summary>
    public int Version => Scripts.Count;

    /// <summary>
    /// The whole as one script, for those who migrate themselves. It can be run again: each step looks at the version that is there.
    /// </summary>
    public string ToScript() => $"""
        begin;

        {SchemaSql.Lock};
        {SchemaSql.Base}
        {string.Join("\n", Scripts.Select((_, index) => SchemaSql.Step(this, index + 1)))}
        commit;

        """;
}
