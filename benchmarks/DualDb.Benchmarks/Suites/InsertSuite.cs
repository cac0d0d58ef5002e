using BenchmarkDotNet.Attributes;
using DualDb.Benchmarks.Competitors;
using DualDb.Benchmarks.Setup;
using DualDb.Benchmarks.Shop;

namespace DualDb.Benchmarks.Suites;

/// <summary>Many new rows whose keys the database makes.</summary>
[MemoryDiagnoser]
public class InsertSuite
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

    /// <summary>The generated repository.</summary>
    [Benchmark(Baseline = true)]
    public async Task<IReadOnlyList<Activity>> DualDb() => await _laboratory.Db.Activities.InsertManyAsync(Setup.Rows.NewActivities(Rows));

    /// <summary>A pooled context.</summary>
    [Benchmark]
    public async Task EfCore() => await EfShop.InsertAsync(_laboratory.Ef, Setup.Rows.NewActivities(Rows));
}
