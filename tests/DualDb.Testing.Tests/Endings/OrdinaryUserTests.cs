using System.Diagnostics;

namespace DualDb.Testing.Tests.Endings;

/// <summary>
/// Servers start for an ordinary user too, and end with the process. Run by root, the child runs as nobody; run by anybody
/// else, as that user, who is ordinary.
/// </summary>
public sealed class OrdinaryUserTests(SharedServers servers)
{
    [Theory]
    [InlineData("TERM")]
    [InlineData("KILL")]
    public async Task Servers_start_and_end_for_an_ordinary_user(string signal)
    {
        using var scratch = new Scratch();
        var start = Environment.IsPrivilegedProcess ? AsNobody(scratch) : new ProcessStartInfo(Child.CommandLine("wait")[0], Child.CommandLine("wait")[1..]);
        using var child = await Child.StartAsync(start, scratch, servers.Neon);
        Assert.Single(scratch.Runs);
        Assert.Superset(child.Numbers.ToHashSet(), scratch.Processes.ToHashSet());

        await Signals.SendAsync(signal, child.Id);
        await scratch.IsLeftEmptyAsync();
    }

    // The runtime and the child may lie under root's home, where nobody else may look: copies of both lie in the scratch folder.
    private static ProcessStartInfo AsNobody(Scratch scratch)
    {
        var runtime = Path.Combine(scratch.Path, "runtime");
        var version = Path.GetFileName(Path.GetDirectoryName(typeof(object).Assembly.Location)!);
        Directory.CreateDirectory(runtime);
        File.Copy(Path.Combine(Child.Runtime, "dotnet"), Path.Combine(runtime, "dotnet"));
        foreach (var resolver in Directory.EnumerateDirectories(Path.Combine(Child.Runtime, "host", "fxr")))
        {
            Copy(resolver, Path.Combine(runtime, "host", "fxr", Path.GetFileName(resolver)));
        }

        Copy(Path.Combine(Child.Runtime, "shared", "Microsoft.NETCore.App", version), Path.Combine(runtime, "shared", "Microsoft.NETCore.App", version));
        Copy(AppContext.BaseDirectory, Path.Combine(scratch.Path, "program"));

        var start = new ProcessStartInfo(Path.Combine(runtime, "dotnet"), [Path.Combine(scratch.Path, "program", Path.GetFileName(Child.CommandLine("wait")[1])), "wait"])
        {
            UserName = "nobody",
            WorkingDirectory = "/",
        };
        start.Environment["DOTNET_ROOT"] = runtime;
        start.Environment["HOME"] = scratch.Path;
        return start;
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }
    }
}
