namespace DualDb.Shapes;

/// <summary>A shape whose types are not known where it is listed.</summary>
public interface IShape
{
    /// <summary>The entity's name, for the names of tests.</summary>
    string Name { get; }

    /// <summary>Calls the visitor with the shape's types.</summary>
    TResult Accept<TResult>(IShapeVisitor<TResult> visitor);
}

/// <summary>Receives a shape with its types.</summary>
public interface IShapeVisitor<out TResult>
{
    TResult Visit<TEntity, TKey, TTransaction>(Shape<TEntity, TKey, TTransaction> shape)
        where TEntity : class
        where TKey : notnull
        where TTransaction : DatabaseTransaction;
}
