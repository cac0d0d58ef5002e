// Soft deletion, times, versions, references, unique values and indexes.

using System;
using DualDb;

namespace Roles;

[Supabase("people", Schema = "app", Set = "Persons")]
public sealed partial record Person
{
    [Key(Generated = true)]
    public int Id { get; init; }

    [Unique(Name = "people_name_and_city")]
    public required string Name { get; init; }

    [Unique(Name = "people_name_and_city")]
    public string? City { get; init; }

    [References<Person>]
    public int? ManagerId { get; init; }

    [References<Team>]
    [Unique]
    public required Guid TeamId { get; init; }

    [Index]
    public DayOfWeek? Day { get; init; }

    [Index(Name = "people_two")]
    public string First { get; init; } = "";

    [Index(Name = "people_two")]
    [Unique]
    public TimeSpan? Transaction { get; init; }

    [CreatedAt]
    public DateTime CreatedAt { get; init; }

    [UpdatedAt]
    public DateTimeOffset? UpdatedAt { get; init; }

    [SoftDelete]
    public DateTimeOffset? DeletedAt { get; init; }

    [Version]
    public long Version { get; init; }
}

[Supabase]
public sealed partial record Team
{
    [Key]
    public required Guid Id { get; init; }

    [SoftDelete]
    public bool Deleted { get; init; }

    [UpdatedAt]
    [Column(Type = "timestamp")]
    public DateTime UpdatedAt { get; init; }

    [CreatedAt]
    [Column(Type = "timestamp")]
    public DateTime CreatedAt { get; init; }
}
