using System.Diagnostics;

namespace DualDb.Testing.Killing;

/// <summary>One process of a worker. It gets its standard input, which ends with the owner, and its output is read to its end.</summary>
internal sealed class WorkerProcess
{
    private readonly Process _process;
    private readonly Task _reading;

    private WorkerProcess(Process process, Action<string> said)
    {
        _process = process;
        _reading = Task.WhenAll(ReadAsync(process.StandardOutput, said), ReadAsync(process.StandardError, said));
        Id = process.Id;
    }

    public int Id { get; }

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    /// <summary>Whether this rig has ended it.</summary>
    public bool IsKilled { get; private set; }

    public StreamWriter Input => _process.StandardInput;

    public static async Task<WorkerProcess> StartAsync(ProcessStartInfo start, WorkerGuard guard, Action<string> said)
    {
        var process = Process.Start(Wrap(start)) ?? throw new KillRigException($"The worker '{start.FileName}' could not be started.");
        var worker = new WorkerProcess(process, said);
        await guard.AddAsync(worker.Id).ConfigureAwait(false);
        await worker.WriteLineAsync("go").ConfigureAwait(false);
        return worker;
    }

    /// <summary>Writes to its standard input; false where it has ended.</summary>
    public async Task<bool> WriteLineAsync(string line)
    {
        try
        {
            await Input.WriteAsync(line + "\n").ConfigureAwait(false);
            await Input.FlushAsync().ConfigureAwait(false);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>SIGKILL.</summary>
    public void Kill()
    {
        IsKilled = true;
        _process.Kill();
    }

    /// <summary>Returns when it has ended and all that it said was read, or a second later: a child of its own may hold its output open.</summary>
    public async Task WaitForEndAsync()
    {
        await _process.WaitForExitAsync().ConfigureAwait(false);
        await Task.WhenAny(_reading, Task.Delay(TimeSpan.FromSeconds(1))).ConfigureAwait(false);
    }

    private static ProcessStartInfo Wrap(ProcessStartInfo start)
    {
        if (start.Arguments.Length > 0)
        {
            throw new ArgumentException($"The worker '{start.FileName}' has its arguments in one text. Put them into ProcessStartInfo.ArgumentList, so that none is split where it should not be.", nameof(start));
        }

        var wrapped = new ProcessStartInfo("/bin/sh", ["-c", WorkerGuardScript.Worker, "dualdb-worker", start.FileName, .. start.ArgumentList])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = start.WorkingDirectory,
        };
        if (start.UserName.Length > 0)
        {
            wrapped.UserName = start.UserName;
        }

        wrapped.Environment.Clear();
        foreach (var (name, value) in start.Environment)
        {
            wrapped.Environment[name] = value;
        }

        return wrapped;
    }

    private static async Task ReadAsync(StreamReader reader, Action<string> said)
    {
        try
        {
            while (await reader.ReadLineAsync().ConfigureAwait(false) is { } line)
            {
                said(line);
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // The pipe broke with its process.
        }
    }
}
