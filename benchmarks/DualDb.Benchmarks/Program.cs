using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using DualDb.Benchmarks.Scorecard;
using DualDb.Benchmarks.Setup;

if (args is ["scorecard", .. var options])
{
    return await ScorecardCommand.RunAsync(options);
}

if (args is [ViewerProcess.Argument, var address, var count])
{
    return await ViewerProcess.RunAsync(address, int.Parse(count, System.Globalization.CultureInfo.InvariantCulture));
}

// In this process: the suites start servers of their own, and a generated project elsewhere would not find this repository's settings.
var config = DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
BenchmarkSwitcher.FromAssembly(typeof(ScorecardCommand).Assembly).Run(args, config);
return 0;
