#if NEON
namespace DualDb.Shapes.Neon;
#else
namespace DualDb.Shapes.Supabase;
#endif

/// <summary>Names that PostgreSQL accepts only in quotation marks, in a schema that needs them too.</summary>
[Stored("Order Items", Schema = "Sales Data", Set = Names.Prefix + "QuotedNames")]
public sealed partial record QuotedNames
{
    [Key, Column("Item No")] public required int Number { get; init; }

    [Column("select")] public string? Choice { get; init; }

    [Column("with \"quotes\"")] public string? Quotes { get; init; }

    [Column("Mixed"), Unique] public required string Mixed { get; init; }

    [Column("curly {brace}"), Index] public int Brace { get; init; }

    public int Größe { get; init; }
}

public sealed class QuotedNamesShape : Shape<QuotedNames, int, Transaction>
{
    public override Type RepositoryType => typeof(IQuotedNamesRepository);

    public override QuotedNames Make(int number) => new()
    {
        Number = number + 1,
        Choice = Samples.OrNothing(number, Samples.Text(number)),
        Quotes = Samples.Text(number + 1),
        Mixed = Samples.DistinctText(number),
        Brace = number,
        Größe = -number,
    };

    public override QuotedNames Change(QuotedNames row, int number) => Make(number) with { Number = row.Number };

    public override int KeyOf(QuotedNames row) => row.Number;

    public override IReadOnlyList<Finder<QuotedNames, Transaction>> Finders(object repository)
    {
        var rows = (IQuotedNamesRepository)repository;
        return [Finder.By<QuotedNames, string, Transaction>("Mixed", static row => row.Mixed, rows.FindByMixedAsync, rows.FindByMixedAsync)];
    }
}
