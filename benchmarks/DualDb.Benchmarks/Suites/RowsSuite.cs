using BenchmarkDotNet.Attributes;
using DualDb.Benchmarks.Competitors;
using DualDb.Benchmarks.Setup;
using DualDb.Benchmarks.Shop;

namespace DualDb.Benchmarks.Suites;

/// <summary>Many rows in the order of their keys.</summary>
[MemoryDiagnoser]
public class RowsSuite
{
    private Laboratory _laboratory = null!;

    /// <summary>How many rows.</summary>
    [Params(1_000)]
    public int Rows { get; set; }

    /// <summary>Starts the servers.</summary>
    [GlobalSetup]
    public async Task OpenAsync() => _laboratory = await Laboratory.OpenAsync();

    /// <summary>Stops them.</summary>
    [GlobalCleanup]
    public async Task CloseAsync() => await _laboratory.DisposeAsync();

    /// <summary>Typed getters by hand.</summary>
    [Benchmark(Baseline = true)]
    public async Task<IReadOnlyList<Order>> Npgsql() => await HandWritten.ListAsync(_laboratory.Source, Rows);

    /// <summary>The generated repository.</summary>
    [Benchmark]
    public async Task<IReadOnlyList<Order>> DualDb() => await _laboratory.Db.Orders.ListAsync(Rows);

    /// <summary>Dapper.</summary>
    [Benchmark]
    public async Task<IReadOnlyList<Order>> Dapper() => await WithDapper.ListAsync(_laboratory.Source, Rows);

    /// <summary>A pooled context without tracking.</summary>
    [Benchmark]
    public async Task<IReadOnlyList<Order>> EfCore() => await EfShop.ListAsync(_laboratory.Ef, Rows);
}
