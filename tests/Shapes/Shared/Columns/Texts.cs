#if NEON
namespace DualDb.Shapes.Neon;
#else
namespace DualDb.Shapes.Supabase;
#endif

/// <summary>Text in all its columns.</summary>
[Stored(Set = Names.Prefix + "Texts")]
public sealed partial record Texts
{
    [Key] public required int Id { get; init; }

    public required string Text { get; init; }

    public string? Maybe { get; init; }

    public char Letter { get; init; }

    public char? MaybeLetter { get; init; }

    [Column(Type = "varchar(12)")] public string? Short { get; init; }

    [Column(Type = "char(3)")] public string? Fixed { get; init; }

    [Column(Type = "citext")] public string? IgnoresCase { get; init; }

    [Column(Type = "varchar")] public string? Unbounded { get; init; }
}

public sealed class TextsShape : Shape<Texts, int, Transaction>
{
    public override Type RepositoryType => typeof(ITextsRepository);

    public override Texts Make(int number) => new()
    {
        Id = number + 1,
        Text = Samples.Text(number),
        Maybe = Samples.OrNothing(number, Samples.Text(number + 1)),
        Letter = Samples.Character(number),
        MaybeLetter = Samples.OrNull(number, Samples.Character(number + 1)),
        Short = Samples.OrNothing(number + 1, number % 2 == 0 ? "🐘🐘🐘🐘🐘🐘🐘🐘🐘🐘🐘🐘" : "123456789012"),
        Fixed = Samples.OrNothing(number + 2, number % 2 == 0 ? "EUR" : "€🐘'"),
        IgnoresCase = Samples.OrNothing(number, Samples.Text(number + 2)),
        Unbounded = Samples.OrNothing(number + 1, Samples.Text(number + 3)),
    };

    public override Texts Change(Texts row, int number) => Make(number) with { Id = row.Id };

    public override int KeyOf(Texts row) => row.Id;
}
