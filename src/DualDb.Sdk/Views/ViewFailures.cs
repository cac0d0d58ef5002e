using System.ComponentModel;

namespace DualDb.Views;

/// <summary>
/// The failures that a view carries. Any two are equal, so that a record compares by its members alone: the same rows make the same
/// view, whatever became of the rest.
/// </summary>
/// <param name="items">The failures.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ViewFailures(IReadOnlyList<ViewFailure> items) : IEquatable<ViewFailures>
{
    /// <summary>The failures.</summary>
    public IReadOnlyList<ViewFailure> Items => items ?? [];

    /// <inheritdoc/>
    public bool Equals(ViewFailures other) => true;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ViewFailures;

    /// <inheritdoc/>
    public override int GetHashCode() => 0;

    /// <summary>Always true.</summary>
    public static bool operator ==(ViewFailures left, ViewFailures right) => left.Equals(right);

    /// <summary>Always false.</summary>
    public static bool operator !=(ViewFailures left, ViewFailures right) => !left.Equals(right);
}
