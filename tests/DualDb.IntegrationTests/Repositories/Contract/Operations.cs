using System.Reflection;
using DualDb.Shapes;

namespace DualDb.IntegrationTests.Repositories.Contract;

/// <summary>The operations of the contract that make sense for a shape.</summary>
/// <param name="without">What the place of the tests lacks.</param>
internal sealed class Operations(Needs without) : IShapeVisitor<IReadOnlyList<string>>
{
    private static readonly MethodInfo[] Methods =
    [
        .. typeof(ShapeContract<,,>).GetMethods()
            .Where(static method => method.IsDefined(typeof(OperationAttribute)))
            .OrderBy(static method => method.Name, StringComparer.Ordinal),
    ];

    public IReadOnlyList<string> Visit<TEntity, TKey, TTransaction>(Shape<TEntity, TKey, TTransaction> shape)
        where TEntity : class
        where TKey : notnull
        where TTransaction : DatabaseTransaction
    {
        var has = (HeldBy(shape) | Needs.Sql) & ~without;
        return [.. Methods.Where(method => has.HasFlag(method.GetCustomAttribute<OperationAttribute>()!.Needs)).Select(static method => method.Name)];
    }

    private static Needs HeldBy<TEntity, TKey, TTransaction>(Shape<TEntity, TKey, TTransaction> shape)
        where TEntity : class
        where TKey : notnull
        where TTransaction : DatabaseTransaction
    {
        var traits = Traits.Of(typeof(TEntity));
        return (traits.HasGeneratedKey ? Needs.GeneratedKey : Needs.Nothing)
            | (traits.Version is not null ? Needs.Version : Needs.Nothing)
            | (traits.SoftDelete is not null ? Needs.SoftDelete : Needs.Nothing)
            | (traits.CreatedAt is not null ? Needs.Times : Needs.Nothing)
            | (traits.IsCached ? Needs.Nothing : Needs.NoCache)
            | (Overrides(shape, nameof(shape.Listings)) ? Needs.Listings : Needs.Nothing)
            | (Overrides(shape, nameof(shape.Finders)) ? Needs.Finders : Needs.Nothing);
    }

    private static bool Overrides(IShape shape, string member)
    {
        var method = shape.GetType().GetMethod(member)!;
        return method.DeclaringType == shape.GetType();
    }
}
