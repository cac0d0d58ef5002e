#if NEON
namespace DualDb.Shapes.Neon;
#else
namespace DualDb.Shapes.Supabase;
#endif

/// <summary>A record with init accessors.</summary>
[Stored(Set = Names.Prefix + "InitRecords")]
public sealed partial record InitRecord
{
    [Key] public Guid Id { get; init; }

    public string Name { get; init; } = "";

    public int? Rank { get; init; }
}

public sealed class InitRecordShape : Shape<InitRecord, Guid, Transaction>
{
    public override Type RepositoryType => typeof(IInitRecordRepository);

    public override InitRecord Make(int number)
        => new() { Id = Samples.Id(number), Name = Samples.Text(number), Rank = Samples.OrNull(number, Samples.Integer<int>(number)) };

    public override InitRecord Change(InitRecord row, int number) => Make(number) with { Id = row.Id };

    public override Guid KeyOf(InitRecord row) => row.Id;
}
