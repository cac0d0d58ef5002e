#if NEON
namespace DualDb.Shapes.Neon;
#else
namespace DualDb.Shapes.Supabase;
#endif

/// <summary>Required members on a class whose parameterless constructor knows nothing of them.</summary>
[Stored(Set = Names.Prefix + "RequiredMembers")]
public sealed partial class RequiredMembers
{
    [Key] public required Guid Id { get; init; }

    public required string Name { get; set; }

    public required int? Rank { get; init; }

    public string? Note { get; set; }
}

public sealed class RequiredMembersShape : Shape<RequiredMembers, Guid, Transaction>
{
    public override Type RepositoryType => typeof(IRequiredMembersRepository);

    public override RequiredMembers Make(int number) => Make(Samples.Id(number), number);

    public override RequiredMembers Change(RequiredMembers row, int number) => Make(row.Id, number);

    public override Guid KeyOf(RequiredMembers row) => row.Id;

    private static RequiredMembers Make(Guid id, int number) => new()
    {
        Id = id,
        Name = Samples.Text(number),
        Rank = Samples.OrNull(number, Samples.Integer<int>(number)),
        Note = Samples.OrNothing(number + 1, Samples.Text(number + 2)),
    };
}
