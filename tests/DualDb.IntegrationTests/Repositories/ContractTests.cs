using DualDb.IntegrationTests.Repositories.Contract;
using DualDb.IntegrationTests.Repositories.Places;
using DualDb.Shapes;

namespace DualDb.IntegrationTests.Repositories;

/// <summary>Every operation on every shape: one class per database and endpoint, so that the four run beside one another.</summary>
public abstract class ContractTests(IReadOnlyList<IShape> shapes, Place place)
{
    private protected async Task RunAsync(string shape, string operation)
    {
        var contract = shapes.Single(candidate => string.Equals(candidate.Name, shape, StringComparison.Ordinal)).Accept(new Binding(place));
        await contract.RunAsync(operation);
    }

    private protected static IEnumerable<TheoryDataRow<string, string>> CasesOf(IEnumerable<IShape> shapes, Needs without = Needs.Nothing)
        => from shape in shapes
           from operation in shape.Accept(new Operations(without))
           select new TheoryDataRow<string, string>(shape.Name, operation);

    private sealed class Binding(Place place) : IShapeVisitor<IShapeContract>
    {
        public IShapeContract Visit<TEntity, TKey, TTransaction>(Shape<TEntity, TKey, TTransaction> shape)
            where TEntity : class
            where TKey : notnull
            where TTransaction : DatabaseTransaction
            => new ShapeContract<TEntity, TKey, TTransaction>(shape, place);
    }
}

public sealed class NeonDirectContractTests(ShapeServers servers) : ContractTests(Shapes.Neon.Catalogue.Shapes, servers[Endpoint.Direct])
{
    public static IEnumerable<TheoryDataRow<string, string>> Cases => CasesOf(Shapes.Neon.Catalogue.Shapes);

    [Theory]
    [MemberData(nameof(Cases))]
    public Task Holds(string shape, string operation) => RunAsync(shape, operation);
}

public sealed class NeonPooledContractTests(ShapeServers servers) : ContractTests(Shapes.Neon.Catalogue.Shapes, servers[Endpoint.Pooled])
{
    public static IEnumerable<TheoryDataRow<string, string>> Cases => CasesOf(Shapes.Neon.Catalogue.Shapes);

    [Theory]
    [MemberData(nameof(Cases))]
    public Task Holds(string shape, string operation) => RunAsync(shape, operation);
}

public sealed class SupabaseDirectContractTests(ShapeServers servers) : ContractTests(Shapes.Supabase.Catalogue.Shapes, servers[Endpoint.Direct])
{
    public static IEnumerable<TheoryDataRow<string, string>> Cases => CasesOf(Shapes.Supabase.Catalogue.Shapes);

    [Theory]
    [MemberData(nameof(Cases))]
    public Task Holds(string shape, string operation) => RunAsync(shape, operation);
}

public sealed class SupabasePooledContractTests(ShapeServers servers) : ContractTests(Shapes.Supabase.Catalogue.Shapes, servers[Endpoint.Pooled])
{
    public static IEnumerable<TheoryDataRow<string, string>> Cases => CasesOf(Shapes.Supabase.Catalogue.Shapes);

    [Theory]
    [MemberData(nameof(Cases))]
    public Task Holds(string shape, string operation) => RunAsync(shape, operation);
}

public sealed class SupabaseRestContractTests(ShapeServers servers) : ContractTests(Shapes.Supabase.Catalogue.Shapes, servers[Endpoint.Rest])
{
    public static IEnumerable<TheoryDataRow<string, string>> Cases
        => CasesOf(Shapes.Supabase.Catalogue.Shapes, Needs.Sql).Where(static row => !RestDifferences.Has(row.Data.Item1, row.Data.Item2));

    [Theory]
    [MemberData(nameof(Cases))]
    public Task Holds(string shape, string operation) => RunAsync(shape, operation);
}
