#if NEON
namespace DualDb.Shapes.Neon;
#else
namespace DualDb.Shapes.Supabase;
#endif

public enum Small : byte
{
    Zero,
    Largest = 255,
}

public enum Large : long
{
    Least = long.MinValue,
    None = 0,
    Most = long.MaxValue,
}

public enum Unsigned : ulong
{
    None,
    Most = ulong.MaxValue,
}

[Flags]
public enum Rights
{
    None = 0,
    Read = 1,
    Write = 2,
    All = Read | Write,
}

/// <summary>Stored by name wherever it is a member.</summary>
[StoredAsText]
public enum Stage
{
    Draft,
    InReview,
    Published = 10,
}

/// <summary>Enums as numbers, as text, as nothing.</summary>
[Stored(Set = Names.Prefix + "Enums")]
public sealed partial record Enums
{
    [Key] public required int Id { get; init; }

    public Weekday Number { get; init; }

    public Weekday? MaybeNumber { get; init; }

    [StoredAsText] public Weekday Text { get; init; }

    [StoredAsText] public Weekday? MaybeText { get; init; }

    public Stage Stage { get; init; }

    public Stage? MaybeStage { get; init; }

    public Rights Rights { get; init; }

    [StoredAsText] public Rights RightsText { get; init; }

    public Small Small { get; init; }

    public Large Large { get; init; }

    public Unsigned Unsigned { get; init; }

    [Column(Type = "smallint")] public Weekday Narrow { get; init; }

    [Column(Type = "varchar(10)"), StoredAsText] public Weekday Bounded { get; init; }
}

public sealed class EnumsShape : Shape<Enums, int, Transaction>
{
    private static readonly Weekday[] Weekdays = [Weekday.Monday, Weekday.Sunday, Weekday.None];
    private static readonly Stage[] Stages = [Stage.Draft, Stage.InReview, Stage.Published];
    private static readonly Rights[] AllRights = [Rights.None, Rights.Read, Rights.Write, Rights.All];

    public override Type RepositoryType => typeof(IEnumsRepository);

    public override Enums Make(int number) => new()
    {
        Id = number + 1,
        Number = number % 4 == 3 ? (Weekday)1234 : Weekdays[number % 3],
        MaybeNumber = Samples.OrNull(number, Weekdays[(number + 1) % 3]),
        Text = Weekdays[number % 3],
        MaybeText = Samples.OrNull(number, Weekdays[(number + 2) % 3]),
        Stage = Stages[number % 3],
        MaybeStage = Samples.OrNull(number + 1, Stages[(number + 1) % 3]),
        Rights = (Rights)(number % 8),
        RightsText = AllRights[number % 4],
        Small = Samples.Flag(number) ? Small.Largest : (Small)7,
        Large = Samples.Flag(number) ? Large.Least : Large.Most,
        Unsigned = Samples.Flag(number) ? Unsigned.Most : Unsigned.None,
        Narrow = Weekdays[(number + 1) % 3],
        Bounded = Weekdays[(number + 2) % 3],
    };

    public override Enums Change(Enums row, int number) => Make(number) with { Id = row.Id };

    public override int KeyOf(Enums row) => row.Id;
}
