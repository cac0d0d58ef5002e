namespace DualDb.Generators.Model;

/// <summary>How rows become an instance of a view, or of a view within one.</summary>
/// <param name="Type">The view with <c>global::</c>.</param>
/// <param name="Path">The member that holds it and a dot; empty for the view itself.</param>
/// <param name="Members">Its members, each behind the one that it depends on; the root is the first.</param>
/// <param name="Construction">How an instance is made; ordinals are places in <paramref name="Members"/>.</param>
/// <param name="IsPartial">Whether it tells which members failed.</param>
internal sealed record ViewShapeSpec(string Type, string Path, EquatableArray<ViewMemberSpec> Members, ConstructionSpec Construction, bool IsPartial)
{
    /// <summary>Whether a missing row can make it skip itself.</summary>
    public bool CanSkip
    {
        get
        {
            foreach (var member in Members)
            {
                if (member.Missing == MissingKind.Skip || member is { IsRoot: true, View.CanSkip: true })
                {
                    return true;
                }
            }

            return false;
        }
    }
}

/// <summary>A member of a view.</summary>
internal sealed record ViewMemberSpec
{
    public required string Name { get; init; }

    /// <summary>Its rows, as a place in the list of all.</summary>
    public required int Rows { get; init; }

    /// <summary>The member of the same view that it depends on, as a place among the members; of the root, its own.</summary>
    public required int Parent { get; init; }

    /// <summary>How it holds many rows; none where it holds one.</summary>
    public required CollectionKind Collection { get; init; }

    public required bool IsRoot { get; init; }

    /// <summary>Whether it accepts null.</summary>
    public required bool IsNullable { get; init; }

    /// <summary>Whether it holds many rows and accepts null nevertheless; it is never given that.</summary>
    public required bool IsNullableList { get; init; }

    /// <summary>What becomes of the view where its row is missing.</summary>
    public required MissingKind Missing { get; init; }

    /// <summary>Whether it is left empty where its database fails.</summary>
    public required bool IsSpared { get; init; }

    /// <summary>The view within it; null where it holds the entity itself.</summary>
    public required ViewShapeSpec? View { get; init; }

    public bool IsList => Collection != CollectionKind.None;
}

/// <summary>Mirrors <c>DualDb.MissingRow</c>, member for member.</summary>
internal enum MissingKind
{
    Null = 0,
    Skip = 1,
    Throw = 2,
}
