using System;
using System.Collections.Generic;
using DualDb;

namespace Projections;

public enum Colour { Red, Green }

[Neon]
public sealed partial record Thing([Key] long Id, string Name, string? Note, int Count, [StoredAsText] Colour? Tint, List<string> Labels, DateTimeOffset SeenAt);

[Projection<Thing>]
public sealed partial record Summary(long Id, string Name, string? note, Colour? Tint);

[Projection<Thing>]
public partial class Wider
{
    public required long Id { get; init; }

    public long Count { get; set; }

    public DateTimeOffset? SeenAt { get; private set; }

    public IReadOnlyList<string>? Labels { get; init; }

    [NotMapped]
    public int Place { get; set; }
}

public static partial class Outer
{
    [Projection<Thing>]
    internal readonly partial record struct Pair(long Id, int Count);

    [Projection<Thing>]
    private partial struct Hidden
    {
        public string Name { get; init; }
    }
}
