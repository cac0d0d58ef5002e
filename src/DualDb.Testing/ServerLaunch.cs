using System.Security.Cryptography;
using DualDb.Testing.PostgreSql;
using DualDb.Testing.Processes;

namespace DualDb.Testing;

/// <summary>Brings up the servers of one run.</summary>
internal sealed class ServerLaunch(RunFolder run, PostgresBinaries binaries, TimeSpan timeout)
{
    private const int PortAttempts = 10;

    public async Task<(LocalPostgres Neon, LocalPostgres Supabase)> StartPairAsync(ServerSettings settings, CancellationToken cancellationToken)
    {
        var neonData = Path.Combine(run.Path, "neon");
        var supabaseData = Path.Combine(run.Path, "supabase");
        var initialPassword = NewPassword();
        await DataDirectory.CreateAsync(neonData, binaries, initialPassword, settings, run, cancellationToken).ConfigureAwait(false);
        await DataDirectory.CopyAsync(neonData, supabaseData, run, cancellationToken).ConfigureAwait(false);

        var neon = StartAsync("Neon", "neondb", neonData, initialPassword, cancellationToken);
        var supabase = StartAsync("Supabase", "postgres", supabaseData, initialPassword, cancellationToken);
        await Task.WhenAll(neon, supabase).ConfigureAwait(false);
        return (await neon.ConfigureAwait(false), await supabase.ConfigureAwait(false));
    }

    /// <summary>The server in Supabase's place alone.</summary>
    public async Task<LocalPostgres> StartSupabaseAsync(ServerSettings settings, CancellationToken cancellationToken)
    {
        var data = Path.Combine(run.Path, "supabase");
        var initialPassword = NewPassword();
        await DataDirectory.CreateAsync(data, binaries, initialPassword, settings, run, cancellationToken).ConfigureAwait(false);
        return await StartAsync("Supabase", "postgres", data, initialPassword, cancellationToken).ConfigureAwait(false);
    }

    private async Task<LocalPostgres> StartAsync(string name, string database, string data, string initialPassword, CancellationToken cancellationToken)
    {
        var process = new ServerProcess(data, binaries, run);
        var port = await StartOnFreePortAsync(process, cancellationToken).ConfigureAwait(false);

        // A password of its own, although the data is a copy: one server's must not open the other.
        var password = NewPassword();
        var initial = Superuser.ConnectionString(port, DataDirectory.SuperUser, initialPassword);
        if (!string.Equals(database, DataDirectory.SuperUser, StringComparison.Ordinal))
        {
            await Superuser.ExecuteAsync(initial, $"create database {Superuser.Quote(database)}", cancellationToken).ConfigureAwait(false);
        }

        await Superuser.ExecuteAsync(initial, $"alter role {Superuser.Quote(DataDirectory.SuperUser)} password '{password}'", cancellationToken).ConfigureAwait(false);
        return new LocalPostgres(name, database, port, password, process, binaries, timeout);
    }

    private async Task<int> StartOnFreePortAsync(ServerProcess process, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < PortAttempts; attempt++)
        {
            var port = FreePort.Find();
            if (await process.TryStartAsync(port, timeout, cancellationToken).ConfigureAwait(false))
            {
                return port;
            }
        }

        throw new LocalServerException($"A local PostgreSQL server found its port taken {PortAttempts} times in a row. Close programs that hold many ports open.");
    }

    // Letters and digits alone need no escape in SQL, a URI or a connection string.
    private static string NewPassword() => RandomNumberGenerator.GetHexString(32, lowercase: true);
}
