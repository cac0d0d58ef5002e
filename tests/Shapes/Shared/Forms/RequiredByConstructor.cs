using System.Diagnostics.CodeAnalysis;

#if NEON
namespace DualDb.Shapes.Neon;
#else
namespace DualDb.Shapes.Supabase;
#endif

/// <summary>Required members that the constructor sets already.</summary>
[Stored(Set = Names.Prefix + "RequiredByConstructors")]
public sealed partial class RequiredByConstructor
{
    [SetsRequiredMembers]
    public RequiredByConstructor(Guid id, string name)
    {
        Id = id;
        Name = name;
    }

    [Key] public required Guid Id { get; init; }

    public required string Name { get; init; }

    public long Weight { get; set; }
}

public sealed class RequiredByConstructorShape : Shape<RequiredByConstructor, Guid, Transaction>
{
    public override Type RepositoryType => typeof(IRequiredByConstructorRepository);

    public override RequiredByConstructor Make(int number) => Make(Samples.Id(number), number);

    public override RequiredByConstructor Change(RequiredByConstructor row, int number) => Make(row.Id, number);

    public override Guid KeyOf(RequiredByConstructor row) => row.Id;

    private static RequiredByConstructor Make(Guid id, int number) => new(id, Samples.Text(number)) { Weight = Samples.Integer<long>(number) };
}
