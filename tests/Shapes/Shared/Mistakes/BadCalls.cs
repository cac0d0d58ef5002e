#if NEON
namespace DualDb.Shapes.Neon;
#else
namespace DualDb.Shapes.Supabase;
#endif

/// <summary>Calls with a key or a value that no row can have.</summary>
public static class BadCalls
{
    public static IReadOnlyList<BadCall> All { get; } =
    [
        Text("Find by a key with U+0000", static (rows, token) => rows.FindAsync("\0", token).AsTask()),
        Text("Get by a key with a lone surrogate", static (rows, token) => rows.GetAsync("\ud83d", token).AsTask()),
        Text("FindMany with a key with U+0000", static (rows, token) => rows.FindManyAsync(["a", "\0"], token)),
        Text("FindMany with a null key", static (rows, token) => rows.FindManyAsync(["a", null!], token)),
        Text("Exists of a key with U+0000", static (rows, token) => rows.ExistsAsync("\0", token)),
        Text("Delete of a key with U+0000", static (rows, token) => rows.DeleteAsync("\0", token)),
        new("Find by a composite key with U+0000", typeof(IPairKeyRepository), nameof(PairKey), "right",
            static (rows, token) => ((IPairKeyRepository)rows).FindAsync((1, "\0"), token).AsTask()),
        new("Find by a composite key with null", typeof(IPairKeyRepository), nameof(PairKey), "right",
            static (rows, token) => ((IPairKeyRepository)rows).FindAsync((1, null!), token).AsTask()),
        new("Find by a key beyond numeric(12,2)", typeof(IDecimalKeyRepository), nameof(DecimalKey), "price",
            static (rows, token) => ((IDecimalKeyRepository)rows).FindAsync(decimal.MaxValue, token).AsTask()),
        new("Find by a key with a nameless enum", typeof(ITripleKeyRepository), nameof(TripleKey), "second",
            static (rows, token) => ((ITripleKeyRepository)rows).FindAsync((default, (Weekday)99, default), token).AsTask()),
        new("FindBy with U+0000", typeof(IAccountRepository), nameof(Account), "email",
            static (rows, token) => ((IAccountRepository)rows).FindByEmailAsync("\0", token).AsTask()),
        new("FindBy with null", typeof(IAccountRepository), nameof(Account), "email",
            static (rows, token) => ((IAccountRepository)rows).FindByEmailAsync(null!, token).AsTask()),
        new("FindBy several with a lone surrogate", typeof(IAccountRepository), nameof(Account), "slug",
            static (rows, token) => ((IAccountRepository)rows).FindByTenantAndSlugAsync(1, "\udc00", token).AsTask()),
        new("ListBy with U+0000", typeof(IItemRepository), nameof(Item), "colour_code",
            static (rows, token) => ((IItemRepository)rows).ListByColourCodeAsync("\0", token)),
        new("ListBy of many with U+0000", typeof(IItemRepository), nameof(Item), "colour_code",
            static (rows, token) => ((IItemRepository)rows).ListByColourCodesAsync(["red", "\0"], token)),
    ];

    private static BadCall Text(string name, Func<ITextKeyRepository, CancellationToken, Task> call)
        => new(name, typeof(ITextKeyRepository), nameof(TextKey), "code", (rows, token) => call((ITextKeyRepository)rows, token));
}
