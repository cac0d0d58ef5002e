#if NEON
namespace DualDb.Shapes.Neon;
#else
namespace DualDb.Shapes.Supabase;
#endif

/// <summary>An entity that guards itself: private constructor, private setters, a private member that is stored.</summary>
[Stored(Set = Names.Prefix + "PrivateSetters")]
public sealed partial class PrivateSetters
{
    private PrivateSetters()
    {
    }

    [Key] public Guid Id { get; private init; }

    public string Name { get; private set; } = "";

    [Column("counter")] private int Counter { get; set; }

    public static PrivateSetters Create(Guid id, string name, int counter) => new() { Id = id, Name = name, Counter = counter };
}

public sealed class PrivateSettersShape : Shape<PrivateSetters, Guid, Transaction>
{
    public override Type RepositoryType => typeof(IPrivateSettersRepository);

    public override PrivateSetters Make(int number) => PrivateSetters.Create(Samples.Id(number), Samples.Text(number), Samples.Integer<int>(number));

    public override PrivateSetters Change(PrivateSetters row, int number)
        => PrivateSetters.Create(row.Id, Samples.Text(number), Samples.Integer<int>(number));

    public override Guid KeyOf(PrivateSetters row) => row.Id;
}
