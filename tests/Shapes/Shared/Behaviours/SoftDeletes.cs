#if NEON
namespace DualDb.Shapes.Neon;
#else
namespace DualDb.Shapes.Supabase;
#endif

/// <summary>The mark is a flag.</summary>
[Stored(Set = Names.Prefix + "Flaggeds")]
public sealed partial record Flagged
{
    [Key] public required int Id { get; init; }

    public string? Name { get; init; }

    [SoftDelete] public bool IsDeleted { get; init; }
}

/// <summary>The mark is an instant.</summary>
[Stored(Set = Names.Prefix + "Retireds")]
public sealed partial record Retired
{
    [Key(Generated = true)] public long Id { get; init; }

    public string? Name { get; init; }

    [SoftDelete] public DateTimeOffset? DeletedAt { get; init; }
}

/// <summary>The mark is a <see cref="DateTime"/>, on a composite key with a version.</summary>
[Stored(Set = Names.Prefix + "Archiveds")]
public sealed partial class Archived
{
    [Key] public required int Year { get; init; }

    [Key] public required string Folder { get; init; }

    public int Pages { get; set; }

    [Version] public int Version { get; set; }

    [SoftDelete] public DateTime? ArchivedAt { get; set; }
}

public sealed class FlaggedShape : Shape<Flagged, int, Transaction>
{
    public override Type RepositoryType => typeof(IFlaggedRepository);

    public override Flagged Make(int number) => new() { Id = number + 1, Name = Samples.OrNothing(number, Samples.Text(number)) };

    public override Flagged Change(Flagged row, int number) => row with { Name = Samples.OrNothing(number, Samples.Text(number)) };

    public override int KeyOf(Flagged row) => row.Id;
}

public sealed class RetiredShape : Shape<Retired, long, Transaction>
{
    public override Type RepositoryType => typeof(IRetiredRepository);

    public override Retired Make(int number) => new() { Name = Samples.OrNothing(number, Samples.Text(number)) };

    public override Retired MakeWithKey(int number) => Make(number) with { Id = 1_000_000 + number };

    public override Retired Change(Retired row, int number) => row with { Name = Samples.OrNothing(number, Samples.Text(number)) };

    public override long KeyOf(Retired row) => row.Id;
}

public sealed class ArchivedShape : Shape<Archived, (int Year, string Folder), Transaction>
{
    public override Type RepositoryType => typeof(IArchivedRepository);

    public override Archived Make(int number) => new() { Year = 2000 + (number % 5), Folder = Samples.DistinctText(number), Pages = number };

    public override Archived Change(Archived row, int number)
        => new() { Year = row.Year, Folder = row.Folder, Pages = number, Version = row.Version, ArchivedAt = row.ArchivedAt };

    public override (int Year, string Folder) KeyOf(Archived row) => (row.Year, row.Folder);
}
