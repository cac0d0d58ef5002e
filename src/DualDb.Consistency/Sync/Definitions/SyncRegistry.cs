using System.ComponentModel;

namespace DualDb.Consistency.Sync;

/// <summary>The maps of a project, as generated code lists them.</summary>
/// <param name="maps">The maps.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class SyncRegistry(IReadOnlyList<SyncMap> maps)
{
    /// <summary>The maps.</summary>
    public IReadOnlyList<SyncMap> Maps { get; } = maps;

    /// <summary>The references that cross databases, which no foreign key watches over.</summary>
    public IReadOnlyList<SyncReference> References { get; init; } = [];
}
