using System.Security.Cryptography;

namespace DualDb.AspNetCore.Dashboard.Assets;

/// <summary>The style sheet, the script and the icon, from this assembly. Their names hold a hash of what is in them, so that browsers may keep them.</summary>
internal static class DashboardAssets
{
    public static Asset Style { get; } = Load("dashboard", "css", "text/css; charset=utf-8");

    public static Asset Script { get; } = Load("dashboard", "js", "text/javascript; charset=utf-8");

    /// <summary>Named by every page: browsers ask for one at the root of the host otherwise, which is the application's.</summary>
    public static Asset Icon { get; } = Load("dashboard", "svg", "image/svg+xml");

    public static Asset? Find(string? name) => new[] { Style, Script, Icon }.FirstOrDefault(asset => string.Equals(asset.Name, name, StringComparison.Ordinal));

    private static Asset Load(string name, string extension, string type)
    {
        using var stream = typeof(DashboardAssets).Assembly.GetManifestResourceStream($"{name}.{extension}")
            ?? throw new InvalidOperationException($"{name}.{extension} is not in this assembly.");
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return new Asset($"{name}.{Convert.ToHexStringLower(SHA256.HashData(content))[..16]}.{extension}", type, content);
    }
}

/// <summary>A file that pages name.</summary>
/// <param name="Name">Its name, with a hash of its content.</param>
/// <param name="Type">Its content type.</param>
/// <param name="Content">What is in it.</param>
internal sealed record Asset(string Name, string Type, ReadOnlyMemory<byte> Content);
