using DualDb.Commands.Frame;
using DualDb.Tool;

return ApplicationArguments.Of(args) is { } application
    ? await ApplicationProcess.RunAsync(application).ConfigureAwait(false)
    : await CommandLine.RunAsync(new StandaloneTargets(), args).ConfigureAwait(false);
