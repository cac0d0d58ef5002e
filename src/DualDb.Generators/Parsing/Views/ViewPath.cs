using DualDb.Generators.Model;
using Microsoft.CodeAnalysis;

namespace DualDb.Generators.Parsing;

/// <summary>One step from a member of a view to another, along a reference of either.</summary>
/// <param name="from">The member that is there already.</param>
/// <param name="to">The member that is looked for.</param>
/// <param name="owner">The entity that carries the reference.</param>
/// <param name="reference">The reference.</param>
/// <param name="isForward">Whether <paramref name="from"/> refers to <paramref name="to"/>.</param>
internal sealed class ViewPath(ViewMember from, ViewMember to, ViewEntity owner, ViewReference reference, bool isForward)
{
    public ViewMember From { get; } = from;

    public ViewReference Reference { get; } = reference;

    public ViewReferenceSpec Spec { get; } = new(owner.Facts.Type.FullName, reference.Column with { Ordinal = 0 });

    /// <summary>How the rows depend on each other. Where the reference is a key itself, both sides have the same keys, and neither waits for the other.</summary>
    public ViewLink Link { get; } = reference.IsKey ? ViewLink.SameKey : isForward ? ViewLink.ReferredTo : ViewLink.Referring;

    /// <summary>Whether a row of <see cref="From"/> leads to one row at most.</summary>
    public bool LeadsToOne { get; } = isForward || reference.IsUnique;

    /// <summary>Whether it leads to as many rows as the member holds.</summary>
    public bool Fits { get; } = to.IsList ? from.IsList || !(isForward || reference.IsKey) : !from.IsList && (isForward || reference.IsUnique);

    /// <summary>The path as messages show it.</summary>
    public string Display { get; } = owner.Type.Name + "." + reference.Column.Member + " (from " + from.Name + ")";

    public bool Goes(string? via, string? anchor) => (via is null || Reference.Column.Member == via) && (anchor is null || From.Name == anchor);

    /// <summary>Whether a reference leads to an entity.</summary>
    public static bool Leads(ViewReference reference, ViewEntity target) => SymbolEqualityComparer.Default.Equals(reference.Target, target.Type);
}
