namespace DualDb.Generators.Model;

/// <summary>Rows of one entity that a view reads.</summary>
internal sealed record ViewRowsSpec
{
    /// <summary>The member, with the members around it where views are nested: <c>Order.Buyer</c>.</summary>
    public required string Path { get; init; }

    public required ViewEntitySpec Entity { get; init; }

    public required ViewLink Link { get; init; }

    /// <summary>The rows that it depends on, as a place in the list of all; of the root, its own.</summary>
    public required int Parent { get; init; }

    /// <summary>The reference between the two; null without one.</summary>
    public ViewReferenceSpec? Reference { get; init; }

    /// <summary>The order of the rows of one parent, before that of their keys.</summary>
    public EquatableArray<ViewOrderSpec> Order { get; init; }

    /// <summary>The most rows of one parent; null for all.</summary>
    public int? Take { get; init; }

    /// <summary>The member, this or one around it, that is left empty where this one cannot be read; null where the call then fails.</summary>
    public string? SparedWith { get; init; }
}

/// <summary>How rows depend on those of their parent.</summary>
internal enum ViewLink
{
    /// <summary>On nothing but the keys that the caller asks for.</summary>
    Root,

    /// <summary>They have the same keys.</summary>
    SameKey,

    /// <summary>The parent refers to their keys.</summary>
    ReferredTo,

    /// <summary>They refer to the parent's keys.</summary>
    Referring,
}

/// <summary>What a view needs to know of an entity.</summary>
/// <param name="Name">Its name.</param>
/// <param name="FullName">Its name with <c>global::</c>.</param>
/// <param name="Map">Its map with <c>global::</c>.</param>
/// <param name="Columns">Its columns with <c>global::</c>.</param>
/// <param name="Database">Where it is stored.</param>
/// <param name="Key">The columns of its key, in order, their ordinals left out: an edit beside them is no edit of the view.</param>
internal sealed record ViewEntitySpec(string Name, string FullName, string Map, string Columns, DatabaseKind Database, EquatableArray<ColumnSpec> Key);

/// <summary>A reference between two entities.</summary>
/// <param name="Owner">The entity that carries it, with <c>global::</c>.</param>
/// <param name="Column">Its column, the ordinal left out.</param>
internal sealed record ViewReferenceSpec(string Owner, ColumnSpec Column);

/// <summary>A column that orders a list.</summary>
/// <param name="Column">The column, not quoted.</param>
/// <param name="IsDescending">Whether the greatest value comes first.</param>
internal sealed record ViewOrderSpec(string Column, bool IsDescending);
