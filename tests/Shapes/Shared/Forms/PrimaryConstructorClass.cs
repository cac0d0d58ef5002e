#if NEON
namespace DualDb.Shapes.Neon;
#else
namespace DualDb.Shapes.Supabase;
#endif

/// <summary>Get-only members that only the primary constructor can fill.</summary>
[Stored(Set = Names.Prefix + "PrimaryConstructorClasses")]
public sealed partial class PrimaryConstructorClass(long id, string name)
{
    [Key] public long Id { get; } = id;

    public string Name { get; } = name;

    public double Score { get; set; }
}

public sealed class PrimaryConstructorClassShape : Shape<PrimaryConstructorClass, long, Transaction>
{
    public override Type RepositoryType => typeof(IPrimaryConstructorClassRepository);

    public override PrimaryConstructorClass Make(int number) => Make(number + 1, number);

    public override PrimaryConstructorClass Change(PrimaryConstructorClass row, int number) => Make(row.Id, number);

    public override long KeyOf(PrimaryConstructorClass row) => row.Id;

    private static PrimaryConstructorClass Make(long id, int number) => new(id, Samples.Text(number)) { Score = Samples.Double(number) };
}
