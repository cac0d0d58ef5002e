#if NEON
namespace DualDb.Shapes.Neon;
#else
namespace DualDb.Shapes.Supabase;
#endif

[Stored(Set = Names.Prefix + "GeneratedInts")]
public sealed partial record GeneratedInt([Key(Generated = true)] int Id, string Name);

[Stored(Set = Names.Prefix + "GeneratedShorts")]
public sealed partial record GeneratedShort([Key(Generated = true)] short Id, string Name);

[Stored(Set = Names.Prefix + "GeneratedLongs")]
public sealed partial class GeneratedLong
{
    [Key(Generated = true)] public long Id { get; set; }

    public string Name { get; set; } = "";
}

[Stored(Set = Names.Prefix + "GeneratedGuids")]
public sealed partial record GeneratedGuid
{
    [Key(Generated = true)] public Guid Id { get; init; }

    public required string Name { get; init; }
}

public sealed class GeneratedIntShape : Shape<GeneratedInt, int, Transaction>
{
    public override Type RepositoryType => typeof(IGeneratedIntRepository);

    public override GeneratedInt Make(int number) => new(0, Samples.Text(number));

    public override GeneratedInt MakeWithKey(int number) => new(1_000_000_000 + number, Samples.Text(number));

    public override GeneratedInt Change(GeneratedInt row, int number) => Make(number) with { Id = row.Id };

    public override int KeyOf(GeneratedInt row) => row.Id;
}

public sealed class GeneratedShortShape : Shape<GeneratedShort, short, Transaction>
{
    public override Type RepositoryType => typeof(IGeneratedShortRepository);

    public override GeneratedShort Make(int number) => new(0, Samples.Text(number));

    public override GeneratedShort MakeWithKey(int number) => new((short)(-1 - number), Samples.Text(number));

    public override GeneratedShort Change(GeneratedShort row, int number) => Make(number) with { Id = row.Id };

    public override short KeyOf(GeneratedShort row) => row.Id;
}

public sealed class GeneratedLongShape : Shape<GeneratedLong, long, Transaction>
{
    public override Type RepositoryType => typeof(IGeneratedLongRepository);

    public override GeneratedLong Make(int number) => new() { Name = Samples.Text(number) };

    public override GeneratedLong MakeWithKey(int number) => new() { Id = long.MaxValue - number, Name = Samples.Text(number) };

    public override GeneratedLong Change(GeneratedLong row, int number) => new() { Id = row.Id, Name = Samples.Text(number) };

    public override long KeyOf(GeneratedLong row) => row.Id;
}

public sealed class GeneratedGuidShape : Shape<GeneratedGuid, Guid, Transaction>
{
    public override Type RepositoryType => typeof(IGeneratedGuidRepository);

    public override GeneratedGuid Make(int number) => new() { Name = Samples.Text(number) };

    public override GeneratedGuid MakeWithKey(int number) => new() { Id = Samples.Id(number), Name = Samples.Text(number) };

    public override GeneratedGuid Change(GeneratedGuid row, int number) => Make(number) with { Id = row.Id };

    public override Guid KeyOf(GeneratedGuid row) => row.Id;
}
