using System.Globalization;
using System.Net;
using DualDb.Testing.Processes;

namespace DualDb.Testing.Supabase;

/// <summary>One Supabase Lite's process, and how to tell that it serves.</summary>
internal sealed class LiteProcess(string node, string lite, LiteConfiguration configuration, string folder, RunFolder run, TimeSpan timeout)
{
    private readonly DetachedProcess _process = new("lite", "Supabase API", folder, run, timeout);
    private readonly string _configurationFile = Path.Combine(folder, "supabase", "config.toml");

    /// <summary>The process id, or null while it is not running.</summary>
    public int? Id => _process.Id;

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await _process.CreateFolderAsync(cancellationToken).ConfigureAwait(false);
        await run.Command("mkdir", Path.GetDirectoryName(_configurationFile)!).RunAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Starts on the port and returns when requests are answered; false when the port is taken.</summary>
    public async Task<bool> TryStartAsync(int port, CancellationToken cancellationToken)
    {
        run.ThrowIfDisposed();
        await RunFolder.WriteAsync(_configurationFile, configuration.ToText(port), cancellationToken).ConfigureAwait(false);

        // It reports its use to its makers unless told not to, and keeps files in its home. Without local admin mode, since that lets requests
        // without a key do everything.
        await _process.LaunchAsync(
            ["env", "DO_NOT_TRACK=1", $"HOME={folder}", node, lite, "start", "--no-admin", "--config", _configurationFile], cancellationToken).ConfigureAwait(false);
        return await _process.WaitAsync(ListensAsync, log => Failure($"It was not ready within {timeout.TotalSeconds} s.\n{log}"), cancellationToken).ConfigureAwait(false)
            && await AnswersAsync(port, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc cref="DetachedProcess.SignalAsync"/>
    public Task SignalAsync(string signal, CancellationToken cancellationToken) => _process.SignalAsync(signal, cancellationToken);

    /// <inheritdoc cref="DetachedProcess.WaitForEndAsync"/>
    public Task WaitForEndAsync(CancellationToken cancellationToken) => _process.WaitForEndAsync(cancellationToken);

    private async Task<bool?> ListensAsync(CancellationToken cancellationToken)
    {
        // In this order: what a dead server said is then complete.
        var ended = _process.HasEnded;
        var log = await _process.ReadLogAsync(cancellationToken).ConfigureAwait(false);
        if (!ended)
        {
            return log.Contains("Ready in", StringComparison.Ordinal) ? true : null;
        }

        return log.Contains("is already in use", StringComparison.Ordinal) ? false : throw Failure(log);
    }

    /// <summary>
    /// Sends the first request. With it Supabase Lite reads the schema and grants everything in schemas that hold row-level security, once: from then on
    /// a test may revoke what it likes.
    /// </summary>
    private async Task<bool> AnswersAsync(int port, CancellationToken cancellationToken)
    {
        using var handler = new SocketsHttpHandler { UseProxy = false };
        using var client = new HttpClient(handler) { Timeout = timeout };
        using var request = new HttpRequestMessage(
            HttpMethod.Get, string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/rest/v1/{DatabasePreparation.Table}?limit=1"));
        request.Headers.Add("apikey", configuration.Keys.Secret);
        request.Headers.Add("Accept-Profile", DatabasePreparation.Schema);
        try
        {
            using var response = await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
            return response.StatusCode == HttpStatusCode.OK
                ? true
                : throw Failure($"It answers its first request with {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false)}");
        }
        catch (HttpRequestException exception)
        {
            throw Failure($"{exception.Message}\n{await _process.ReadLogAsync(cancellationToken).ConfigureAwait(false)}");
        }
    }

    private static LocalServerException Failure(string log) =>
        new($"The local Supabase API did not start. Look at its last words, and at the options Schemas, ConnectionString and StartTimeout:\n{DetachedProcess.LastLines(log)}");
}
