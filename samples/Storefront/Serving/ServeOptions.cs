using System.Globalization;

namespace Storefront.Serving;

/// <summary>What <c>serve</c> was started with.</summary>
/// <param name="Port">Where it listens on this machine; 0 for a free port.</param>
internal sealed record ServeOptions(int Port)
{
    public const string Argument = "serve";

    private const int DefaultPort = 5080;

    /// <exception cref="ArgumentException">Something else was written.</exception>
    public static ServeOptions Parse(IReadOnlyList<string> args) => args switch
    {
        [] => new ServeOptions(DefaultPort),
        ["--port", var text] when ushort.TryParse(text, CultureInfo.InvariantCulture, out var port) => new ServeOptions(port),
        _ => throw new ArgumentException($"'{string.Join(' ', args)}' is not understood. Write: serve [--port 5080].", nameof(args)),
    };
}
