// Cached entities and views: every setting, each kind of lookup, and each kind of member of a view.

using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using DualDb;

namespace Cached;

[Supabase, CachedFor(minutes: 0.5)]
public sealed partial record Author([Key] Guid Id, [Unique] string Name);

[Neon, CachedFor(
    "00:05:00",
    L1 = true,
    L2 = false,
    Jitter = "00:00:10",
    Negative = "00:00:30",
    FailSafe = "01:00:00",
    FailSafeThrottle = "00:00:20",
    SoftTimeout = "00:00:00.1500000",
    HardTimeout = "00:00:02",
    EagerRefreshAt = 0.8,
    Size = 3,
    Clone = true,
    Shared = true,
    Tags = ["books", "shelf \"A\""])]
public sealed partial record Book
{
    [Key(Generated = true)]
    public long Id { get; init; }

    [References<Author>]
    public Guid AuthorId { get; init; }

    [References<Author>, Unique]
    public Guid? PrefacedBy { get; init; }

    [Unique]
    public string? Isbn { get; init; }

    [Unique(Name = "place"), Column(Type = "citext")]
    public required string Shelf { get; init; }

    [Unique(Name = "place")]
    public int? Position { get; init; }

    [SoftDelete]
    public DateTimeOffset? RemovedAt { get; init; }
}

[Supabase]
public sealed partial record Review([Key] int Id, [References<Book>] long BookId, string Text);

[Supabase]
public sealed partial record Blurb([Key, References<Book>] long BookId, string Text);

[UnifiedView, CachedFor(minutes: 1, Tags = ["books"])]
public sealed partial record BookPage(
    Book Book,
    [Via(nameof(Book.AuthorId))] Author Author,
    [Via(nameof(Book.PrefacedBy))] Author? Preface,
    [OnFailure(FailedMember.Null)] Blurb? Blurb,
    [Take(3)] IReadOnlyList<Review> Reviews)
{
    public int Count => Reviews.Count;
}

[UnifiedView, CachedFor("00:01:00")]
public sealed partial class AuthorPage
{
    public required Author Author { get; init; }

    [Via(nameof(Book.AuthorId))]
    public List<BookPage> Books { get; init; } = [];

    [Via(nameof(Book.AuthorId)), OrderBy(nameof(Book.Isbn))]
    public ImmutableArray<Book> Titles { get; init; }

    [Via(nameof(Book.AuthorId))]
    public Book[] Array { get; init; } = [];

    [Via(nameof(Book.AuthorId))]
    public IReadOnlyList<Book>? Maybe { get; init; }

    [Via(nameof(Book.PrefacedBy))]
    public BookPage? Prefaced { get; init; }
}

[UnifiedView, CachedFor(minutes: 2)]
internal sealed partial record Shelf(BookPage Page);

public sealed partial class Library
{
    [UnifiedView, CachedFor(minutes: 2)]
    internal sealed partial record Inner(Book Book);
}

[UnifiedView, CachedFor(minutes: 2)]
public sealed partial record Secret(Book Book)
{
    public Blurb? Blurb { private get; init; }
}
