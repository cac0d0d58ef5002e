using System.Diagnostics;
using System.Globalization;
using Storefront.Models;

namespace Storefront.Setup;

/// <summary>The same program once more, as a node that begins a saga and is killed in the middle of it.</summary>
internal sealed class SagaProcess : IAsyncDisposable
{
    public const string Argument = "saga-process";

    private readonly Process _process;

    private SagaProcess(Process process) => _process = process;

    /// <summary>Starts it; it starts the saga, and stays in it as long as somebody holds the stock.</summary>
    public static SagaProcess Start(Guid cart, CreateOrder input)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, UseShellExecute = false };
        if (string.Equals(Path.GetFileNameWithoutExtension(Environment.ProcessPath), "dotnet", StringComparison.Ordinal))
        {
            start.ArgumentList.Add(typeof(SagaProcess).Assembly.Location);
        }

        string[] arguments =
        [
            Argument, cart.ToString(), input.UserId.ToString(), input.ProductId.ToString(CultureInfo.InvariantCulture),
            input.Quantity.ToString(CultureInfo.InvariantCulture), input.Total.ToString(CultureInfo.InvariantCulture),
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return new SagaProcess(Process.Start(start)!);
    }

    /// <summary>What the second process does.</summary>
    public static async Task ServeAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var input = new CreateOrder(
            Guid.Parse(arguments[1]),
            long.Parse(arguments[2], CultureInfo.InvariantCulture),
            int.Parse(arguments[3], CultureInfo.InvariantCulture),
            decimal.Parse(arguments[4], CultureInfo.InvariantCulture));
        await using var node = await ShopNode.StartAsync(cancellationToken);
        await node.Db.Sagas.CreateOrder.RunAsync(Guid.Parse(arguments[0]), input, cancellationToken);
    }

    /// <summary>Ends it as a power cut would: <c>kill -9</c>.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }
}
