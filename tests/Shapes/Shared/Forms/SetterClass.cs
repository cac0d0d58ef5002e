#if NEON
namespace DualDb.Shapes.Neon;
#else
namespace DualDb.Shapes.Supabase;
#endif

/// <summary>The plainest of classes.</summary>
[Stored(Set = Names.Prefix + "SetterClasses")]
public partial class SetterClass
{
    [Key] public int Id { get; set; }

    public string Name { get; set; } = "";

    public string? Note { get; set; }

    public decimal Amount { get; set; }
}

public sealed class SetterClassShape : Shape<SetterClass, int, Transaction>
{
    public override Type RepositoryType => typeof(ISetterClassRepository);

    public override SetterClass Make(int number) => new()
    {
        Id = number + 1,
        Name = Samples.Text(number),
        Note = Samples.OrNothing(number, Samples.Text(number + 1)),
        Amount = Samples.Decimal(number),
    };

    public override SetterClass Change(SetterClass row, int number)
    {
        var changed = Make(number);
        changed.Id = row.Id;
        return changed;
    }

    public override int KeyOf(SetterClass row) => row.Id;
}
