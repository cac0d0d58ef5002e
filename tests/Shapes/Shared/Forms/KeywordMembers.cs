#if NEON
namespace DualDb.Shapes.Neon;
#else
namespace DualDb.Shapes.Supabase;
#endif

/// <summary>Members that are keywords of C#, of SQL, of both, or the names of what generated code uses itself.</summary>
[Stored("user", Set = Names.Prefix + "KeywordMembers")]
public sealed partial record KeywordMembers
{
    [Key] public required int @int { get; init; }

    public string? @class { get; init; }

    public string? @namespace { get; init; }

    public int Select { get; init; }

    public int Order { get; init; }

    public string? User { get; init; }

    public string? Table { get; init; }

    public bool Group { get; init; }

    public string? End { get; init; }

    public int Row { get; init; }

    public string? Parameters { get; init; }

    public string? Entity { get; init; }

    public string? T { get; init; }

    public int R { get; init; }

    public int K { get; init; }

    public int N { get; init; }
}

public sealed class KeywordMembersShape : Shape<KeywordMembers, int, Transaction>
{
    public override Type RepositoryType => typeof(IKeywordMembersRepository);

    public override KeywordMembers Make(int number) => new()
    {
        @int = number + 1,
        @class = Samples.Text(number),
        @namespace = Samples.Text(number + 1),
        Select = number,
        Order = -number,
        User = Samples.Text(number + 2),
        Table = Samples.OrNothing(number, Samples.Text(number + 3)),
        Group = Samples.Flag(number),
        End = Samples.Text(number + 4),
        Row = number + 10,
        Parameters = Samples.Text(number + 5),
        Entity = Samples.Text(number + 6),
        T = Samples.Text(number + 7),
        R = number + 20,
        K = number + 30,
        N = number + 40,
    };

    public override KeywordMembers Change(KeywordMembers row, int number) => Make(number) with { @int = row.@int };

    public override int KeyOf(KeywordMembers row) => row.@int;
}
