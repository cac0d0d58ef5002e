using System.Globalization;
using DualDb.Testing.PostgreSql;
using DualDb.Testing.Processes;
using DualDb.Testing.Supabase;
using Npgsql;

namespace DualDb.Testing;

/// <summary>
/// Supabase's REST and sign-in APIs (Supabase Lite, brought through npm) over a real PostgreSQL database, on a free port of 127.0.0.1: the roles
/// <c>anon</c>, <c>authenticated</c> and <c>service_role</c>, keys, users' tokens and row-level security work as in a hosted project. Gone without a trace when
/// disposed of, when the process ends and when it is killed. Members may be called from any thread.
/// </summary>
/// <example><code>
/// await using var supabase = await LocalSupabase.StartAsync(o =&gt; o.ConnectionString = servers.Supabase.ConnectionString, cancellationToken);
/// // … create tables over supabase.ConnectionString …
/// await supabase.ReloadSchemaAsync(cancellationToken);
/// var token = supabase.SignToken(userId);
/// </code></example>
/// <remarks>Needs Node.js with npm; where that is older than 20.12, npm brings a newer one as well. Works on Linux and macOS. Storage, Realtime and functions are not served.</remarks>
public sealed class LocalSupabase : IAsyncDisposable
{
    private const int PortAttempts = 10;
    private static readonly TimeSpan DefaultLifetime = TimeSpan.FromHours(1);

    private readonly RunFolder _run;
    private readonly LiteProcess _process;
    private readonly LiteKeys _keys;
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);

    private LocalSupabase(RunFolder run, LiteProcess process, LiteKeys keys, string connectionString, int port)
    {
        _run = run;
        _process = process;
        _keys = keys;
        ConnectionString = connectionString;
        Port = port;
    }

    /// <summary>Whether Node.js is installed where <see cref="StartAsync(CancellationToken)"/> would find it. Its version and npm are not looked at.</summary>
    public static bool IsAvailable => !OperatingSystem.IsWindows() && NodeProgram.FindInstalled() is not null;

    /// <summary>Always 127.0.0.1.</summary>
    public string Host => "127.0.0.1";

    /// <summary>The TCP port, the same after a restart.</summary>
    public int Port { get; }

    /// <summary>The project's address, without a path: <c>http://127.0.0.1:port</c>.</summary>
    public string Url => string.Create(CultureInfo.InvariantCulture, $"http://{Host}:{Port}");

    /// <summary>The key that acts as <c>anon</c>, or as the user whose token goes with it.</summary>
    public string PublishableKey => _keys.Publishable;

    /// <summary>The key that acts as <c>service_role</c>, past row-level security.</summary>
    public string SecretKey => _keys.Secret;

    /// <summary>The secret that tokens are signed with (HS256).</summary>
    public string JwtSecret => _keys.JwtSecret;

    /// <summary>The database beneath, as a superuser: Npgsql keywords, with the password.</summary>
    public string ConnectionString { get; }

    /// <summary>The process id of the API's server, or null while it is stopped.</summary>
    public int? ProcessId => _process.Id;

    /// <summary>Starts with default options, a PostgreSQL server of its own among them, and returns when requests are answered.</summary>
    /// <param name="cancellationToken">Gives up; what was started is stopped and removed.</param>
    /// <exception cref="LocalServerException">Node.js is missing or too old, npm cannot bring what is needed, or a server does not start; the message says what to do.</exception>
    public static Task<LocalSupabase> StartAsync(CancellationToken cancellationToken = default) => StartAsync(static _ => { }, cancellationToken);

    /// <summary>Starts and returns when requests are answered. Tables that are created later are served after <see cref="ReloadSchemaAsync"/>.</summary>
    /// <param name="configure">Changes the options.</param>
    /// <param name="cancellationToken">Gives up; what was started is stopped and removed.</param>
    /// <exception cref="ArgumentException">An option is out of range, or the database is not one of this machine.</exception>
    /// <exception cref="LocalServerException">Node.js is missing or too old, npm cannot bring what is needed, or a server does not start; the message says what to do.</exception>
    public static async Task<LocalSupabase> StartAsync(Action<LocalSupabaseOptions> configure, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var options = new LocalSupabaseOptions();
        configure(options);
        SchemaNames.Check(options.Schemas);
        var given = options.ConnectionString is { } text ? DatabaseAddress.Parse(text) : null;

        var run = await RunFolder.CreateAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var node = await NodeProgram.FindAsync(run.User, cancellationToken).ConfigureAwait(false);
            var lite = await LitePackages.BringAsync(run.User, cancellationToken).ConfigureAwait(false);
            var database = given ?? await StartDatabaseAsync(run, options, cancellationToken).ConfigureAwait(false);
            await PrepareAsync(database, options, cancellationToken).ConfigureAwait(false);

            var keys = LiteKeys.From(options);
            var configuration = new LiteConfiguration(options, keys, database.Uri);
            var process = new LiteProcess(node, lite, configuration, Path.Combine(run.Path, "lite"), run, options.StartTimeout);
            await process.PrepareAsync(cancellationToken).ConfigureAwait(false);
            var port = await StartOnFreePortAsync(process, cancellationToken).ConfigureAwait(false);
            return new LocalSupabase(run, process, keys, database.ConnectionString, port);
        }
        catch
        {
            await run.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Signs an access token of a user, who need not have signed up.</summary>
    /// <param name="userId">The claim <c>sub</c>, which <c>auth.uid()</c> tells.</param>
    /// <param name="role">The database role that requests with the token act as.</param>
    /// <param name="expiresIn">How long the token is good for, in whole seconds; an hour when null, and one that has expired when negative.</param>
    /// <param name="claims">Further claims, or others in place of <c>sub</c>, <c>role</c>, <c>aud</c>, <c>iat</c> and <c>exp</c>; null as a value leaves that claim out.</param>
    /// <exception cref="ArgumentException">A claim's value has no form in JSON, or the token would expire before 1970 or after 9999.</exception>
    public string SignToken(Guid userId, string role = "authenticated", TimeSpan? expiresIn = null, IReadOnlyDictionary<string, object?>? claims = null) =>
        SignToken(userId.ToString(), role, expiresIn, claims);

    /// <summary>Signs an access token of a user whose id is any text; <c>auth.uid()</c> takes UUIDs alone.</summary>
    /// <inheritdoc cref="SignToken(Guid, string, TimeSpan?, IReadOnlyDictionary{string, object?}?)"/>
    public string SignToken(string userId, string role = "authenticated", TimeSpan? expiresIn = null, IReadOnlyDictionary<string, object?>? claims = null)
    {
        ArgumentNullException.ThrowIfNull(userId);
        ArgumentException.ThrowIfNullOrEmpty(role);
        return UserToken.Sign(JwtSecret, userId, role, TimeProvider.System.GetUtcNow(), expiresIn ?? DefaultLifetime, claims);
    }

    /// <summary>
    /// Makes the API see tables, columns and functions as they are now, which it reads when it starts: the server is killed and started again on its
    /// port. Requests under way break. As at the first start, all is granted to the three roles in schemas that hold a table with row-level security; revoke after this.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="LocalServerException">As for <see cref="StartAgainAsync"/>.</exception>
    public Task ReloadSchemaAsync(CancellationToken cancellationToken = default) => AloneAsync(ReloadAloneAsync, cancellationToken);

    /// <summary>Stops the API's server in an orderly way: connecting is refused until it starts again. The database goes on.</summary>
    /// <param name="cancellationToken">Ends the wait; the server may still stop.</param>
    /// <exception cref="LocalServerException">The server did not stop within the start timeout.</exception>
    public Task StopAsync(CancellationToken cancellationToken = default) => AloneAsync(token => EndAloneAsync("TERM", token), cancellationToken);

    /// <summary>Starts the stopped server on its port and returns when requests are answered. A running server is left alone.</summary>
    /// <param name="cancellationToken">Ends the wait; the server may still start.</param>
    /// <exception cref="LocalServerException">The server did not start within the start timeout, or another program took its port.</exception>
    /// <exception cref="ObjectDisposedException">The server was disposed of.</exception>
    public Task StartAgainAsync(CancellationToken cancellationToken = default) => AloneAsync(StartAloneAsync, cancellationToken);

    /// <summary>Stops the API's server, and the database where it is the API's own. Connections that are still open break.</summary>
    public ValueTask DisposeAsync() => _run.DisposeAsync();

    private static async Task<DatabaseAddress> StartDatabaseAsync(RunFolder run, LocalSupabaseOptions options, CancellationToken cancellationToken)
    {
        var binaries = await BinarySearch.FindAsync(directory: null, run.User, cancellationToken).ConfigureAwait(false);
        var launch = new ServerLaunch(run, binaries, options.StartTimeout);
        var server = await launch.StartSupabaseAsync(new ServerSettings([]), cancellationToken).ConfigureAwait(false);
        return DatabaseAddress.Parse(server.ConnectionString);
    }

    private static async Task PrepareAsync(DatabaseAddress database, LocalSupabaseOptions options, CancellationToken cancellationToken)
    {
        try
        {
            await Superuser.ExecuteAsync(database.ConnectionString, DatabasePreparation.ToSql(options.Schemas), cancellationToken).ConfigureAwait(false);
        }
        catch (NpgsqlException exception)
        {
            throw new LocalServerException(
                $"The database '{database.Database}' on {database.Host}:{database.Port} could not be made Supabase's. Does its server run, and does the option ConnectionString name a superuser? {exception.Message}",
                exception);
        }
    }

    private static async Task<int> StartOnFreePortAsync(LiteProcess process, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < PortAttempts; attempt++)
        {
            var port = FreePort.Find();
            if (await process.TryStartAsync(port, cancellationToken).ConfigureAwait(false))
            {
                return port;
            }
        }

        throw new LocalServerException($"The Supabase API found its port taken {PortAttempts} times in a row. Close programs that hold many ports open.");
    }

    private async Task AloneAsync(Func<CancellationToken, Task> action, CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await action(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    private async Task EndAloneAsync(string signal, CancellationToken cancellationToken)
    {
        await _process.SignalAsync(signal, cancellationToken).ConfigureAwait(false);
        await _process.WaitForEndAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task StartAloneAsync(CancellationToken cancellationToken)
    {
        if (_process.Id is null && !await _process.TryStartAsync(Port, cancellationToken).ConfigureAwait(false))
        {
            throw new LocalServerException($"The local Supabase API could not start again: another program took port {Port} while the server was stopped.");
        }
    }

    private async Task ReloadAloneAsync(CancellationToken cancellationToken)
    {
        // An orderly end takes seconds. The server keeps nothing that a kill could spoil.
        await EndAloneAsync("KILL", cancellationToken).ConfigureAwait(false);
        await StartAloneAsync(cancellationToken).ConfigureAwait(false);
    }
}
