using System.Text;
using System.Text.RegularExpressions;

namespace DualDb.Testing.PostgreSql;

/// <summary>A server's postgresql.conf: fast because nothing must survive a crash, closed to everything but loopback.</summary>
internal sealed partial class ServerSettings
{
    private static readonly string[] Reserved = ["listen_addresses", "port", "unix_socket_directories", "data_directory"];

    private readonly SortedDictionary<string, string> _settings = new(StringComparer.Ordinal)
    {
        ["listen_addresses"] = "127.0.0.1",
        ["unix_socket_directories"] = "",
        ["max_connections"] = "100",
        ["password_encryption"] = "scram-sha-256",

        // A machine that loses power may lose data. A server that is killed may not: commits still reach the system's cache,
        // which costs next to nothing, so that tests of a crash see what was committed.
        ["fsync"] = "off",
        ["full_page_writes"] = "off",
        ["shared_buffers"] = "64MB",

        // In files of the data directory: /dev/shm is small or closed in some containers, and what is in it outlives a crash.
        ["dynamic_shared_memory_type"] = "mmap",
        ["max_wal_size"] = "256MB",
        ["min_wal_size"] = "32MB",
        ["timezone"] = "UTC",
        ["log_timezone"] = "UTC",
        ["datestyle"] = "iso, mdy",
        ["default_text_search_config"] = "pg_catalog.english",
    };

    /// <exception cref="ArgumentException">A name is no setting's name, is reserved, or a value holds a line break or NUL.</exception>
    public ServerSettings(IEnumerable<KeyValuePair<string, string>> extra)
    {
        foreach (var (name, value) in extra)
        {
            var key = name.ToLowerInvariant();
            if (!SettingName().IsMatch(key))
            {
                throw new ArgumentException($"'{name}' is not the name of a PostgreSQL setting: letters, digits, '_' and '.' only.", nameof(extra));
            }

            if (Reserved.Contains(key, StringComparer.Ordinal))
            {
                throw new ArgumentException($"The PostgreSQL setting '{name}' belongs to the local server itself and cannot be changed.", nameof(extra));
            }

            if (value.AsSpan().ContainsAny('\n', '\r', '\0'))
            {
                throw new ArgumentException($"The value of the PostgreSQL setting '{name}' holds a line break or a NUL character.", nameof(extra));
            }

            _settings[key] = value;
        }
    }

    public string ToConfiguration()
    {
        var text = new StringBuilder();
        foreach (var (name, value) in _settings)
        {
            // Inside quotes PostgreSQL reads both '' and backslash escapes.
            text.Append(name).Append(" = '").Append(value.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)).Append("'\n");
        }

        return text.ToString();
    }

    [GeneratedRegex(@"\A[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SettingName();
}
