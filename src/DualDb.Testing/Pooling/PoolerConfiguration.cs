using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace DualDb.Testing.Pooling;

/// <summary>A pooler's configuration file: transaction mode, the server's own user and password, strict about what clients ask for.</summary>
internal sealed partial class PoolerConfiguration
{
    private static readonly string[] Reserved = ["listen_addr", "listen_port", "unix_socket_dir", "auth_file", "pidfile", "logfile", "pool_mode"];

    private readonly SortedDictionary<string, string> _settings;

    /// <exception cref="ArgumentException">A name is no setting's name, is reserved, or a value holds a line break or NUL.</exception>
    public PoolerConfiguration(LocalPgBouncerOptions options)
    {
        _settings = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["auth_type"] = "scram-sha-256",
            ["default_pool_size"] = options.PoolSize.ToString(CultureInfo.InvariantCulture),
            ["max_client_conn"] = options.MaxClientConnections.ToString(CultureInfo.InvariantCulture),

            // What Npgsql sends with every connection; any other startup parameter stays an error, as with the services.
            ["ignore_startup_parameters"] = "extra_float_digits",
        };
        foreach (var (name, value) in options.PgBouncerSettings)
        {
            Add(name.ToLowerInvariant(), value);
        }
    }

    public string ToText(int serverPort, int port, string folder)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"[databases]\n* = host=127.0.0.1 port={serverPort}\n");
        text.Append(CultureInfo.InvariantCulture, $"[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\nunix_socket_dir =\npool_mode = transaction\n");
        text.Append(CultureInfo.InvariantCulture, $"auth_file = {folder}/userlist.txt\npidfile = {folder}/pgbouncer.pid\nlogfile = {folder}/pgbouncer.log\n");
        foreach (var (name, value) in _settings)
        {
            text.Append(CultureInfo.InvariantCulture, $"{name} = {value}\n");
        }

        return text.ToString();
    }

    /// <summary>The list of users: with the password in clear, PgBouncer can both ask for it and log in with it.</summary>
    public static string UserList(string user, string password) => $"{Quote(user)} {Quote(password)}\n";

    private static string Quote(string text) => '"' + text.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';

    private void Add(string name, string value)
    {
        if (!SettingName().IsMatch(name))
        {
            throw new ArgumentException($"'{name}' is not the name of a PgBouncer setting: letters, digits and '_' only.", nameof(name));
        }

        if (Reserved.Contains(name, StringComparer.Ordinal))
        {
            throw new ArgumentException($"The PgBouncer setting '{name}' belongs to the local pooler itself and cannot be changed.", nameof(name));
        }

        if (value.AsSpan().ContainsAny('\n', '\r', '\0'))
        {
            throw new ArgumentException($"The value of the PgBouncer setting '{name}' holds a line break or a NUL character.", nameof(value));
        }

        _settings[name] = value;
    }

    [GeneratedRegex(@"\A[a-z_][a-z0-9_]*\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SettingName();
}
