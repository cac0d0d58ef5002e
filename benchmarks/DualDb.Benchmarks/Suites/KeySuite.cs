using BenchmarkDotNet.Attributes;
using DualDb.Benchmarks.Competitors;
using DualDb.Benchmarks.Setup;
using DualDb.Benchmarks.Shop;

namespace DualDb.Benchmarks.Suites;

/// <summary>One row by key.</summary>
[MemoryDiagnoser]
public class KeySuite
{
    private Laboratory _laboratory = null!;

    /// <summary>Starts the servers.</summary>
    [GlobalSetup]
    public async Task OpenAsync() => _laboratory = await Laboratory.OpenAsync();

    /// <summary>Stops them.</summary>
    [GlobalCleanup]
    public async Task CloseAsync() => await _laboratory.DisposeAsync();

    /// <summary>Typed getters by hand.</summary>
    [Benchmark(Baseline = true)]
    public async Task<Order?> Npgsql() => await HandWritten.FindAsync(_laboratory.Source, 42);

    /// <summary>The generated repository.</summary>
    [Benchmark]
    public async Task<Order?> DualDb() => await _laboratory.Db.Orders.FindAsync(42);

    /// <summary>Dapper.</summary>
    [Benchmark]
    public async Task<Order?> Dapper() => await WithDapper.FindAsync(_laboratory.Source, 42);

    /// <summary>A compiled query of a pooled context.</summary>
    [Benchmark]
    public async Task<Order?> EfCore() => await EfShop.FindAsync(_laboratory.Ef, 42);
}
