#if NEON
namespace DualDb.Shapes.Neon;
#else
namespace DualDb.Shapes.Supabase;
#endif

/// <summary>A base whose members the derived entity hides under another type.</summary>
public abstract class Loose
{
    public object? Value { get; set; }

    public string? Comment { get; set; }
}

/// <summary>Hides a member of its base, whose own type could not be stored.</summary>
[Stored(Set = Names.Prefix + "HiddenMembers")]
public sealed partial class HiddenMembers : Loose
{
    [Key] public int Id { get; set; }

    public new int? Value { get; set; }
}

public sealed class HiddenMembersShape : Shape<HiddenMembers, int, Transaction>
{
    public override Type RepositoryType => typeof(IHiddenMembersRepository);

    public override HiddenMembers Make(int number) => Make(number + 1, number);

    public override HiddenMembers Change(HiddenMembers row, int number) => Make(row.Id, number);

    public override int KeyOf(HiddenMembers row) => row.Id;

    private static HiddenMembers Make(int id, int number) => new()
    {
        Id = id,
        Value = Samples.OrNull(number, Samples.Integer<int>(number)),
        Comment = Samples.OrNothing(number + 1, Samples.Text(number)),
    };
}
