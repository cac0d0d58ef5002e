namespace DualDb.Shapes;

/// <summary>A row that must be refused before anything is sent; its types are not known where it is listed.</summary>
public interface IMistake
{
    /// <summary>What is wrong with it, for the names of tests.</summary>
    string Name { get; }

    /// <summary>Calls the visitor with the mistake's types.</summary>
    TResult Accept<TResult>(IMistakeVisitor<TResult> visitor);
}

/// <summary>Receives a mistake with its types.</summary>
public interface IMistakeVisitor<out TResult>
{
    TResult Visit<TEntity, TKey, TTransaction>(Mistake<TEntity, TKey, TTransaction> mistake)
        where TEntity : class
        where TKey : notnull
        where TTransaction : DatabaseTransaction;
}

/// <summary>One value of a row spoilt.</summary>
/// <param name="Name">What is wrong.</param>
/// <param name="Column">The column that the refusal must name.</param>
/// <param name="Shape">Whose row it is, and where good rows come from.</param>
/// <param name="Spoil">Takes a good row and spoils it.</param>
public sealed record Mistake<TEntity, TKey, TTransaction>(
    string Name, string Column, Shape<TEntity, TKey, TTransaction> Shape, Func<TEntity, TEntity> Spoil) : IMistake
    where TEntity : class
    where TKey : notnull
    where TTransaction : DatabaseTransaction
{
    public TResult Accept<TResult>(IMistakeVisitor<TResult> visitor)
    {
        ArgumentNullException.ThrowIfNull(visitor);
        return visitor.Visit(this);
    }
}

/// <summary>A call with an argument that must be refused before anything is sent.</summary>
/// <param name="Name">What is wrong.</param>
/// <param name="RepositoryType">The generated interface.</param>
/// <param name="Entity">The entity that the refusal must name.</param>
/// <param name="Column">The column that it must name.</param>
/// <param name="CallAsync">Makes the call.</param>
public sealed record BadCall(string Name, Type RepositoryType, string Entity, string Column, Func<object, CancellationToken, Task> CallAsync);
