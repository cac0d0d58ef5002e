using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text;
using Npgsql;

namespace DualDb.Tool.Tests.Places;

/// <summary>The tool, or the application, as a process. Whatever it says is searched for the passwords of its environment and its arguments.</summary>
public sealed class ToolProcess
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(120);

    private readonly Process _process;
    private readonly StringBuilder _said = new();
    private readonly Task<string> _output;
    private readonly Task<string> _error;
    private readonly string[] _secrets;

    private ToolProcess(Process process, string[] secrets)
    {
        _process = process;
        _secrets = secrets;
        _output = ReadAsync(process.StandardOutput);
        _error = process.StandardError.ReadToEndAsync();
    }

    public static string Tool { get; } = Metadata("Tool");

    public static string App { get; } = Metadata("App");

    public static string AppProject { get; } = Metadata("AppProject");

    /// <summary>An application that answers no command of others.</summary>
    public static string ToolProject { get; } = Metadata("ToolProject");

    public static string Configuration { get; } = Metadata("Configuration");

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>What it has said on its standard output so far.</summary>
    public string Said
    {
        get
        {
            lock (_said)
            {
                return _said.ToString();
            }
        }
    }

    public static ToolProcess Start(string program, string folder, IReadOnlyDictionary<string, string> environment, IReadOnlyList<string> args, params IReadOnlyCollection<string> secrets)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", program, .. args])
        {
            WorkingDirectory = folder, UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var name in (string[])["NEON_DATABASE_URL", "SUPABASE_DB_URL", "SUPABASE_URL", "REDIS_URL", "NO_COLOR"])
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new ToolProcess(Process.Start(start)!, [.. secrets.Count > 0 ? secrets : environment.Values.Where(static value => value.Contains("Password=", StringComparison.Ordinal)).Select(PasswordOf)]);
    }

    public void Kill() => _process.Kill();

    /// <summary>Sends a signal, as <c>kill -NAME</c> does.</summary>
    public async Task SignalAsync(string name)
    {
        using var kill = Process.Start("kill", ["-" + name, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Closes its input, and waits until it has ended.</summary>
    public async Task<ToolResult> EndAsync()
    {
        _process.StandardInput.Close();
        using var deadline = new CancellationTokenSource(Deadline);
        try
        {
            await _process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
            Assert.Fail($"It did not end within {Deadline}: {await _output}{await _error}");
        }

        var result = new ToolResult(_process.ExitCode, await _output, await _error);
        _process.Dispose();
        foreach (var secret in _secrets)
        {
            Assert.DoesNotContain(secret, result.Output, StringComparison.Ordinal);
            Assert.DoesNotContain(secret, result.Error, StringComparison.Ordinal);
        }

        return result;
    }

    private async Task<string> ReadAsync(StreamReader output)
    {
        var buffer = new char[4096];
        while (await output.ReadAsync(buffer) is > 0 and var read)
        {
            lock (_said)
            {
                _said.Append(buffer, 0, read);
            }
        }

        return Said;
    }

    private static string PasswordOf(string connectionString)
        => new NpgsqlConnectionStringBuilder(connectionString).Password ?? throw new InvalidOperationException("The servers of these tests have a password.");

    private static string Metadata(string key)
        => typeof(ToolProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
