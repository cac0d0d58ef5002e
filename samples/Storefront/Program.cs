using Spectre.Console;
using Storefront;
using Storefront.Output;
using Storefront.Serving;
using Storefront.Setup;

using var interruption = new Interruption();
var console = Terminal.Open();
try
{
    if (args is [SecondProcess.Argument, var productId])
    {
        await SecondProcess.ServeAsync(productId, interruption.Token);
        return 0;
    }

    if (args is [SagaProcess.Argument, .. var order])
    {
        await SagaProcess.ServeAsync(order, interruption.Token);
        return 0;
    }

    if (args is [CommandHost.Argument, ..])
    {
        return await CommandHost.AnswerAsync(args, interruption.Token);
    }

    if (args is [ServeOptions.Argument, .. var options])
    {
        await Server.RunAsync(console, ServeOptions.Parse(options), interruption.Token);
        return 0;
    }

    await Shop.RunAsync(console, usesApi: args.Contains(SupabaseApi.Argument, StringComparer.Ordinal), interruption.Token);
    return 0;
}
catch (Exception) when (interruption.Token.IsCancellationRequested)
{
    console.WriteLine("Stopped.");
    return Interruption.ExitCode;
}
catch (Exception failure)
{
    await Console.Error.WriteLineAsync($"{failure.GetType().Name}: {failure.Message}");
    return 1;
}
