using DualDb.Testing.Processes;

namespace DualDb.Testing.Pooling;

/// <summary>Starts one pooler, detached from the terminal, and watches its log until it listens.</summary>
internal sealed class PoolerProcess(string program, string folder, RunFolder run)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    private readonly string _log = Path.Combine(folder, "pgbouncer.log");

    /// <summary>Starts with the configuration; false when its port is taken.</summary>
    public async Task<bool> TryStartAsync(string configuration, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var file = Path.Combine(folder, "pgbouncer.ini");
        await RunFolder.WriteAsync(file, configuration, cancellationToken).ConfigureAwait(false);
        File.Delete(_log);
        var result = await run.Command(program, "-d", file).RunAsync(cancellationToken).ConfigureAwait(false);
        if (!result.Succeeded)
        {
            throw Failure(result.Text);
        }

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(timeout);
        try
        {
            return await ListensAsync(deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Failure($"It did not listen within {timeout.TotalSeconds} s.");
        }
    }

    private async Task<bool> ListensAsync(CancellationToken cancellationToken)
    {
        // It goes into the background before it listens, and tells the outcome only here.
        while (true)
        {
            var log = File.Exists(_log) ? await File.ReadAllTextAsync(_log, cancellationToken).ConfigureAwait(false) : "";
            if (log.Contains("LOG process up", StringComparison.Ordinal))
            {
                return true;
            }

            if (log.Contains("FATAL", StringComparison.Ordinal))
            {
                return log.Contains("cannot listen on", StringComparison.Ordinal) ? false : throw Failure(log);
            }

            await Task.Delay(Poll, cancellationToken).ConfigureAwait(false);
        }
    }

    private LocalServerException Failure(string words) =>
        new($"PgBouncer ('{program}') did not start. Look at its last words, and at the options PgBouncerSettings and StartTimeout:\n{words}");
}
