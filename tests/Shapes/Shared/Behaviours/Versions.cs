#if NEON
namespace DualDb.Shapes.Neon;
#else
namespace DualDb.Shapes.Supabase;
#endif

[Stored(Set = Names.Prefix + "VersionedInts")]
public sealed partial record VersionedInt
{
    [Key(Generated = true)] public int Id { get; init; }

    public required string Name { get; init; }

    [Version] public int Version { get; init; }
}

/// <summary>A wide version beside a composite key.</summary>
[Stored(Set = Names.Prefix + "VersionedLongs")]
public sealed partial class VersionedLong
{
    [Key] public required Guid Tenant { get; set; }

    [Key] public required int Number { get; set; }

    public string? Name { get; set; }

    [Version, Column("row_version")] public long Revision { get; set; }
}

public sealed class VersionedIntShape : Shape<VersionedInt, int, Transaction>
{
    public override Type RepositoryType => typeof(IVersionedIntRepository);

    public override VersionedInt Make(int number) => new() { Name = Samples.Text(number) };

    public override VersionedInt MakeWithKey(int number) => new() { Id = 1_000_000 + number, Name = Samples.Text(number) };

    public override VersionedInt Change(VersionedInt row, int number) => row with { Name = Samples.Text(number) };

    public override int KeyOf(VersionedInt row) => row.Id;
}

public sealed class VersionedLongShape : Shape<VersionedLong, (Guid Tenant, int Number), Transaction>
{
    public override Type RepositoryType => typeof(IVersionedLongRepository);

    public override VersionedLong Make(int number)
        => new() { Tenant = Samples.Id(number / 2), Number = number, Name = Samples.OrNothing(number, Samples.Text(number)) };

    public override VersionedLong Change(VersionedLong row, int number) => new()
    {
        Tenant = row.Tenant,
        Number = row.Number,
        Name = Samples.OrNothing(number, Samples.Text(number)),
        Revision = row.Revision,
    };

    public override (Guid Tenant, int Number) KeyOf(VersionedLong row) => (row.Tenant, row.Number);
}
