#if NEON
namespace DualDb.Shapes.Neon;
#else
namespace DualDb.Shapes.Supabase;
#endif

/// <summary>Members that are no columns: left out, computed, static, indexed, explicit, and a field.</summary>
[Stored(Set = Names.Prefix + "UnmappedMembers")]
public sealed partial class UnmappedMembers : IHasLabel
{
    public const string Kind = "unmapped";

    private int _hits;

    public static int Instances { get; set; }

    [Key] public int Id { get; set; }

    public string FirstName { get; set; } = "";

    public string LastName { get; set; } = "";

    public int Hits
    {
        get => _hits;
        set => _hits = value;
    }

    public string Nickname
    {
        get;
        set => field = value.ToUpperInvariant();
    }
    = "";

    [NotMapped] public Stream? Picture { get; set; }

    public string FullName => $"{FirstName} {LastName}";

    public int NameLength => FullName.Length;

    string IHasLabel.Label => FullName;

    public char this[int index] => FullName[index];
}

public interface IHasLabel
{
    string Label { get; }
}

public sealed class UnmappedMembersShape : Shape<UnmappedMembers, int, Transaction>
{
    public override Type RepositoryType => typeof(IUnmappedMembersRepository);

    public override UnmappedMembers Make(int number) => Make(number + 1, number);

    public override UnmappedMembers Change(UnmappedMembers row, int number) => Make(row.Id, number);

    public override int KeyOf(UnmappedMembers row) => row.Id;

    private static UnmappedMembers Make(int id, int number) => new()
    {
        Id = id,
        FirstName = Samples.Text(number),
        LastName = Samples.Text(number + 1),
        Hits = number,
        Nickname = Samples.Text(number + 2),
    };
}
