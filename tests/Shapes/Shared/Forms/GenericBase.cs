#if NEON
namespace DualDb.Shapes.Neon;
#else
namespace DualDb.Shapes.Supabase;
#endif

/// <summary>A base whose key is of any type.</summary>
public abstract class Row<TKey>
    where TKey : notnull
{
    [Key] public required TKey Id { get; set; }
}

/// <summary>A base whose content is of any type as well.</summary>
public abstract class Named<TKey, TName> : Row<TKey>
    where TKey : notnull
{
    public required TName Name { get; set; }
}

/// <summary>Closes both.</summary>
[Stored(Set = Names.Prefix + "GenericBases")]
public sealed partial class GenericBase : Named<Guid, string?>
{
    public int Size { get; set; }
}

public sealed class GenericBaseShape : Shape<GenericBase, Guid, Transaction>
{
    public override Type RepositoryType => typeof(IGenericBaseRepository);

    public override GenericBase Make(int number) => Make(Samples.Id(number), number);

    public override GenericBase Change(GenericBase row, int number) => Make(row.Id, number);

    public override Guid KeyOf(GenericBase row) => row.Id;

    private static GenericBase Make(Guid id, int number)
        => new() { Id = id, Name = Samples.OrNothing(number, Samples.Text(number)), Size = Samples.Integer<int>(number) };
}
