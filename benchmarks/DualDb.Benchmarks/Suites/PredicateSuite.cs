using BenchmarkDotNet.Attributes;
using DualDb.Benchmarks.Setup;
using DualDb.Benchmarks.Shop;

namespace DualDb.Benchmarks.Suites;

/// <summary>Conditions: made and rendered, made once and kept, and with the rows that they find.</summary>
[MemoryDiagnoser]
public class PredicateSuite
{
    private readonly Filter<Order> _kept = OrderColumns.Where(static o => o.Status == OrderStatus.Paid && o.Total > 100m && o.Items == 3);
    private Laboratory _laboratory = null!;

    /// <summary>Starts the servers.</summary>
    [GlobalSetup]
    public async Task OpenAsync() => _laboratory = await Laboratory.OpenAsync();

    /// <summary>Stops them.</summary>
    [GlobalCleanup]
    public async Task CloseAsync() => await _laboratory.DisposeAsync();

    /// <summary>Three conditions, to SQL.</summary>
    [Benchmark(Baseline = true)]
    public string Render() => _laboratory.Db.Orders.Where(static o => o.Status == OrderStatus.Paid && o.Total > 100m && o.Items == 3).ToSql();

    /// <summary>The same made before.</summary>
    [Benchmark]
    public string RenderKept() => _laboratory.Db.Orders.Where(_kept).ToSql();

    /// <summary>With the answer.</summary>
    [Benchmark]
    public async Task<IReadOnlyList<Order>> Find() => await _laboratory.Db.Orders.Where(_kept).Take(20).ToListAsync();
}
