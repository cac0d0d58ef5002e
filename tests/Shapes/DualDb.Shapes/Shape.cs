namespace DualDb.Shapes;

/// <summary>One way to write an entity, with what a test needs to make, change and recognise its rows.</summary>
public abstract class Shape<TEntity, TKey, TTransaction> : IShape
    where TEntity : class
    where TKey : notnull
    where TTransaction : DatabaseTransaction
{
    public virtual string Name => typeof(TEntity).Name;

    /// <summary>The generated interface, by which the repository is found on a root.</summary>
    public abstract Type RepositoryType { get; }

    /// <summary>A valid row. Rows of different numbers have different keys; a generated key is left to the database.</summary>
    public abstract TEntity Make(int number);

    /// <summary>As <see cref="Make"/>, but with a key of its own also where the database could make it.</summary>
    public virtual TEntity MakeWithKey(int number) => Make(number);

    /// <summary>The values of another number in the row's place: same key, same version.</summary>
    public abstract TEntity Change(TEntity row, int number);

    public abstract TKey KeyOf(TEntity row);

    /// <summary>SQL that brings rows which this shape refers to; null where it refers to none.</summary>
    public virtual string? Before => null;

    /// <summary>The generated <c>ListBy…Async</c> members.</summary>
    public virtual IReadOnlyList<Listing<TEntity, TTransaction>> Listings(object repository) => [];

    /// <summary>The generated <c>FindBy…Async</c> members.</summary>
    public virtual IReadOnlyList<Finder<TEntity, TTransaction>> Finders(object repository) => [];

    public TResult Accept<TResult>(IShapeVisitor<TResult> visitor)
    {
        ArgumentNullException.ThrowIfNull(visitor);
        return visitor.Visit(this);
    }
}
