#if NEON
namespace DualDb.Shapes.Neon;
#else
namespace DualDb.Shapes.Supabase;
#endif

/// <summary>Unique alone, together, and where there is a value at all.</summary>
[Stored(Set = Names.Prefix + "Accounts")]
public sealed partial class Account
{
    [Key(Generated = true)] public int Id { get; set; }

    [Unique] public required string Email { get; set; }

    [Unique(Name = "accounts_tenant_slug")] public int Tenant { get; set; }

    [Unique(Name = "accounts_tenant_slug")] public required string Slug { get; set; }

    [Unique] public Guid? ExternalId { get; set; }

    [Unique, StoredAsText] public Weekday? Day { get; set; }
}

public sealed class AccountShape : Shape<Account, int, Transaction>
{
    public override Type RepositoryType => typeof(IAccountRepository);

    public override Account Make(int number) => Make(0, number);

    public override Account MakeWithKey(int number) => Make(1_000_000 + number, number);

    public override Account Change(Account row, int number) => Make(row.Id, number);

    public override int KeyOf(Account row) => row.Id;

    public override IReadOnlyList<Finder<Account, Transaction>> Finders(object repository)
    {
        var rows = (IAccountRepository)repository;
        return
        [
            Finder.By<Account, string, Transaction>("Email", static row => row.Email, rows.FindByEmailAsync, rows.FindByEmailAsync),
            Finder.By<Account, Guid, Transaction>("ExternalId", static row => row.ExternalId, rows.FindByExternalIdAsync, rows.FindByExternalIdAsync),
            Finder.By<Account, Weekday, Transaction>("Day", static row => row.Day, rows.FindByDayAsync, rows.FindByDayAsync),
            Finder.By<Account, (int Tenant, string Slug), Transaction>(
                "TenantAndSlug",
                static row => (row.Tenant, row.Slug),
                (value, token) => rows.FindByTenantAndSlugAsync(value.Tenant, value.Slug, token),
                (value, transaction, token) => rows.FindByTenantAndSlugAsync(value.Tenant, value.Slug, transaction, token)),
        ];
    }

    private static Account Make(int id, int number) => new()
    {
        Id = id,
        Email = Samples.DistinctText(number),
        Tenant = number / 5,
        Slug = $"{number % 5}",
        ExternalId = Samples.OrNull(number, Samples.Id(number)),
        Day = number == 2 ? Weekday.Sunday : null,
    };
}
