#if NEON
namespace DualDb.Shapes.Neon;
#else
namespace DualDb.Shapes.Supabase;
#endif

/// <summary>Refers to itself; deleted by a mark, so that listings must leave marked rows out.</summary>
[Stored(Set = Names.Prefix + "Categories")]
public sealed partial class Category
{
    [Key] public required int Id { get; set; }

    [References<Category>] public int? ParentId { get; set; }

    public string Name { get; set; } = "";

    [SoftDelete] public DateTimeOffset? DeletedAt { get; set; }
}

public sealed class CategoryShape : Shape<Category, int, Transaction>
{
    public override Type RepositoryType => typeof(ICategoryRepository);

    public override string Before =>
        "insert into public.categories (id, name, deleted_at) values (-1, 'root', now()), (-2, 'root', now()) on conflict do nothing;";

    // Marked rows can be referred to, and no read sees them.
    public override Category Make(int number) => Make(number + 1, number);

    public override Category Change(Category row, int number)
    {
        var changed = Make(row.Id, number);
        changed.DeletedAt = row.DeletedAt;
        return changed;
    }

    public override int KeyOf(Category row) => row.Id;

    public override IReadOnlyList<Listing<Category, Transaction>> Listings(object repository)
    {
        var rows = (ICategoryRepository)repository;
        return
        [
            Listing.By<Category, int, Transaction>(
                "ParentId", static row => row.ParentId,
                rows.ListByParentIdAsync, rows.ListByParentIdAsync, rows.ListByParentIdsAsync, rows.ListByParentIdsAsync),
        ];
    }

    private static Category Make(int id, int number)
        => new() { Id = id, ParentId = Samples.OrNull(number, number % 2 == 0 ? -1 : -2), Name = Samples.Text(number) };
}
