#if NEON
namespace DualDb.Shapes.Neon;
#else
namespace DualDb.Shapes.Supabase;
#endif

/// <summary>Referred to from the other database.</summary>
[StoredElsewhere(Set = Names.Prefix + "Owners")]
public sealed partial record Owner([property: Key] Guid Id, string Name);

/// <summary>Referred to from its own database.</summary>
[Stored(Set = Names.Prefix + "Shelves")]
public sealed partial record Shelf([Key(Generated = true)] long Id, string Name);

/// <summary>Referred to by a key of text.</summary>
[Stored(Set = Names.Prefix + "Colours")]
public sealed partial record Colour([Key] string Code);

internal static class Parents
{
    public const int ShelfCount = 4;

    /// <summary>Shelves 1 to 4 and four colours.</summary>
    public const string Insert =
        """
        insert into public.shelves (id, name) select n, 'shelf ' || n from generate_series(1, 4) as n on conflict do nothing;
        insert into public.colours (code) values ('red'), ('green'), ('it''s'), ('{blue}') on conflict do nothing;
        """;

    private static readonly string[] Colours = ["red", "green", "it's", "{blue}"];

    public static long Shelf(int number) => (number % ShelfCount) + 1;

    public static string Colour(int number) => Colours[number % Colours.Length];
}

public sealed class OwnerShape : Shape<Owner, Guid, TransactionElsewhere>
{
    public override Type RepositoryType => typeof(IOwnerRepository);

    public override Owner Make(int number) => new(Samples.Id(number), Samples.Text(number));

    public override Owner Change(Owner row, int number) => row with { Name = Samples.Text(number) };

    public override Guid KeyOf(Owner row) => row.Id;
}
