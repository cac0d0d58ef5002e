#if NEON
namespace DualDb.Shapes.Neon;
#else
namespace DualDb.Shapes.Supabase;
#endif

/// <summary>Types of PostgreSQL that have no counterpart: an enum, domains, and types that are read and written as text.</summary>
[Stored(Set = Names.Prefix + "CustomTypes")]
public sealed partial record CustomTypes
{
    [Key] public required int Id { get; init; }

    [Column(Type = "mood"), StoredAsText] public Mood Mood { get; init; }

    [Column(Type = "mood"), StoredAsText] public Mood? MaybeMood { get; init; }

    [Column(Type = "positive_number")] public int Positive { get; init; }

    [Column(Type = "short_text")] public string? ShortText { get; init; }

    [Column(Type = "inet")] public string? Address { get; init; }

    [Column(Type = "xml")] public string? Markup { get; init; }

    [Column(Type = "uuid")] public string? Identifier { get; init; }

    /// <summary>Makes the types; the extension <c>citext</c> too, which <see cref="Texts"/> needs.</summary>
    public const string Prerequisites =
        """
        create extension if not exists citext;
        create type mood as enum ('Sad', 'Happy', 'VeryHappy');
        create domain positive_number as integer check (value > 0);
        create domain short_text as varchar(20);
        """;
}

public enum Mood
{
    Sad,
    Happy,
    VeryHappy,
}

public sealed class CustomTypesShape : Shape<CustomTypes, int, Transaction>
{
    public override Type RepositoryType => typeof(ICustomTypesRepository);

    public override CustomTypes Make(int number) => new()
    {
        Id = number + 1,
        Mood = (Mood)(number % 3),
        MaybeMood = Samples.OrNull(number, (Mood)((number + 1) % 3)),
        Positive = number + 1,
        ShortText = Samples.OrNothing(number, "it's {short}"),
        Address = Samples.OrNothing(number + 1, $"10.0.0.{number % 250}/24"),
        Markup = Samples.OrNothing(number + 2, $"<a b=\"{number}\">ä</a>"),
        Identifier = Samples.OrNothing(number, Samples.Id(number).ToString("D")),
    };

    public override CustomTypes Change(CustomTypes row, int number) => Make(number) with { Id = row.Id };

    public override int KeyOf(CustomTypes row) => row.Id;
}
