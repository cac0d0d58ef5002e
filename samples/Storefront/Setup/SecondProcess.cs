using System.Diagnostics;
using System.Globalization;
using DualDb.Testing;
using Storefront.Models;

namespace Storefront.Setup;

/// <summary>The same program once more, as another node of the application: it reads one product from its own cache until the price changes.</summary>
internal sealed class SecondProcess : IAsyncDisposable
{
    public const string Argument = "second-process";

    private readonly Process _process;

    private SecondProcess(Process process) => _process = process;

    /// <summary>Starts it, and returns when it has the product in its memory.</summary>
    public static async Task<SecondProcess> StartAsync(Product product, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, UseShellExecute = false };
        if (string.Equals(Path.GetFileNameWithoutExtension(Environment.ProcessPath), "dotnet", StringComparison.Ordinal))
        {
            start.ArgumentList.Add(typeof(SecondProcess).Assembly.Location);
        }

        start.ArgumentList.Add(Argument);
        start.ArgumentList.Add(product.Id.ToString(CultureInfo.InvariantCulture));
        var second = new SecondProcess(Process.Start(start)!);
        await second.ReadAsync(cancellationToken);
        return second;
    }

    /// <summary>What it tells next.</summary>
    public async Task<string> ReadAsync(CancellationToken cancellationToken)
        => await _process.StandardOutput.ReadLineAsync(cancellationToken) ?? throw new InvalidOperationException("The second process ended early.");

    /// <summary>What the second process does: reads from memory again and again, and tells of the new price.</summary>
    public static async Task ServeAsync(string productId, CancellationToken cancellationToken)
    {
        await using var db = ShopDb.Create();
        var id = long.Parse(productId, CultureInfo.InvariantCulture);
        var old = await db.Products.GetAsync(id, cancellationToken);
        Console.WriteLine("ready");
        using var statements = StatementCounter.Start();
        var (current, reads) = (old, 0L);
        while (current.Price == old.Price)
        {
            current = await db.Products.GetAsync(id, cancellationToken);
            reads++;

            // It shares the processors with everything else that runs here.
            await Task.Delay(TimeSpan.FromMilliseconds(1), cancellationToken);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"sees {current.Price} after {reads:N0} reads and {statements.Count} statements"));
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }
}
