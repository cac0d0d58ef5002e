#if NEON
namespace DualDb.Shapes.Neon;
#else
namespace DualDb.Shapes.Supabase;
#endif

/// <summary>Several constructors, of which only one takes nothing but mapped members.</summary>
[Stored(Set = Names.Prefix + "ConstructorChoices")]
public sealed partial class ConstructorChoice
{
    public ConstructorChoice(int id, string name, object unknown)
        : this(id, name)
        => ArgumentNullException.ThrowIfNull(unknown);

    public ConstructorChoice(int id, string name)
        : this(id)
        => Name = name;

    public ConstructorChoice(int id) => Id = id;

    [Key] public int Id { get; }

    public string Name { get; } = "";

    public string? Note { get; init; }
}

public sealed class ConstructorChoiceShape : Shape<ConstructorChoice, int, Transaction>
{
    public override Type RepositoryType => typeof(IConstructorChoiceRepository);

    public override ConstructorChoice Make(int number) => Make(number + 1, number);

    public override ConstructorChoice Change(ConstructorChoice row, int number) => Make(row.Id, number);

    public override int KeyOf(ConstructorChoice row) => row.Id;

    private static ConstructorChoice Make(int id, int number)
        => new(id, Samples.Text(number)) { Note = Samples.OrNothing(number, Samples.Text(number + 3)) };
}
