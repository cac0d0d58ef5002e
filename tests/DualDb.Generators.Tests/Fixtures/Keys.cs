// Every kind of key, and entities with little besides.

using System;
using DualDb;

namespace Keys;

public enum Region : short
{
    North,
    South,
}

[Neon]
public sealed partial record Membership
{
    [Key(Order = 2)]
    [References<Group>]
    public required string GroupName { get; init; }

    [Key(Order = 1)]
    public required Region Region { get; init; }

    [Key(Order = 3)]
    public required Guid Item1 { get; init; }

    public string? Role { get; init; }

    [Version]
    public long Version { get; init; }
}

[Neon]
public sealed partial record Group
{
    [Key]
    public required string Name { get; init; }
}

[Neon]
public sealed partial record Tag([Key] string Name);

[Neon]
public sealed partial record Ticket([Key(Generated = true)] long Id);

[Neon]
public sealed partial record Token([Key(Generated = true)] Guid Id, [CreatedAt] DateTime? CreatedAt, [Version] int Version);

[Neon]
public sealed partial record Counter([Key(Generated = true)] short Id, [Version] long Version);

[Neon]
public sealed partial record Pair([Key] int Left, [Key] int Right);

[Supabase]
public sealed partial record Stamp([Key] DateOnly Day, [Unique] DateTimeOffset At);
