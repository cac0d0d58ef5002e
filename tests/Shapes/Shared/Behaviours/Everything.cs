#if NEON
namespace DualDb.Shapes.Neon;
#else
namespace DualDb.Shapes.Supabase;
#endif

/// <summary>All behaviours at once.</summary>
[Stored(Set = Names.Prefix + "Everythings")]
public sealed partial record Everything
{
    [Key(Generated = true)] public long Id { get; init; }

    [Unique] public required string Slug { get; init; }

    [Index] public int Rank { get; init; }

    public string[] Tags { get; init; } = [];

    [Version] public long Version { get; init; }

    [CreatedAt] public DateTimeOffset CreatedAt { get; init; }

    [UpdatedAt] public DateTimeOffset UpdatedAt { get; init; }

    [SoftDelete] public DateTimeOffset? DeletedAt { get; init; }
}

public sealed class EverythingShape : Shape<Everything, long, Transaction>
{
    public override Type RepositoryType => typeof(IEverythingRepository);

    public override Everything Make(int number)
        => new() { Slug = Samples.DistinctText(number), Rank = number, Tags = Samples.Array(number, Samples.Text) };

    public override Everything MakeWithKey(int number) => Make(number) with { Id = 1_000_000 + number };

    public override Everything Change(Everything row, int number) => row with
    {
        Slug = Samples.DistinctText(number),
        Rank = number,
        Tags = Samples.Array(number, Samples.Text),
    };

    public override long KeyOf(Everything row) => row.Id;

    public override IReadOnlyList<Finder<Everything, Transaction>> Finders(object repository)
    {
        var rows = (IEverythingRepository)repository;
        return [Finder.By<Everything, string, Transaction>("Slug", static row => row.Slug, rows.FindBySlugAsync, rows.FindBySlugAsync)];
    }
}
