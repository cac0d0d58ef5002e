#if NEON
namespace DualDb.Shapes.Neon;
#else
namespace DualDb.Shapes.Supabase;
#endif

/// <summary>Key and times come from an abstract base.</summary>
public abstract class Audited
{
    [Key(Generated = true)] public long Id { get; set; }

    [CreatedAt] public DateTimeOffset CreatedAt { get; set; }

    [UpdatedAt] public DateTimeOffset UpdatedAt { get; set; }

    public virtual string Label { get; set; } = "";
}

/// <summary>Inherits columns, and overrides one.</summary>
[Stored(Set = Names.Prefix + "InheritedColumns")]
public sealed partial class InheritedColumns : Audited
{
    public int Quantity { get; set; }

    public override string Label { get; set; } = "";
}

public sealed class InheritedColumnsShape : Shape<InheritedColumns, long, Transaction>
{
    public override Type RepositoryType => typeof(IInheritedColumnsRepository);

    public override InheritedColumns Make(int number) => Make(0, number);

    public override InheritedColumns MakeWithKey(int number) => Make(5_000_000 + number, number);

    public override InheritedColumns Change(InheritedColumns row, int number) => Make(row.Id, number);

    public override long KeyOf(InheritedColumns row) => row.Id;

    private static InheritedColumns Make(long id, int number)
        => new() { Id = id, Quantity = Samples.Integer<int>(number), Label = Samples.Text(number) };
}
