using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace DualDb.Testing.Redis;

/// <summary>A Redis server's configuration file: on the loopback address only, in memory alone unless data are to be kept.</summary>
internal sealed partial class RedisConfiguration
{
    private static readonly string[] Reserved =
    [
        "bind", "port", "unixsocket", "dir", "pidfile", "logfile", "loglevel", "daemonize", "supervised", "requirepass", "appendonly", "save", "include",
    ];

    private readonly SortedDictionary<string, string> _settings = new(StringComparer.Ordinal);
    private readonly LocalRedisOptions _options;

    /// <exception cref="ArgumentException">A name is no setting's name, is reserved, or a value holds a line break or NUL.</exception>
    public RedisConfiguration(LocalRedisOptions options)
    {
        _options = options;
        foreach (var (name, value) in options.RedisSettings)
        {
            Add(name.ToLowerInvariant(), value);
        }
    }

    public string ToText(int port, string folder)
    {
        var text = new StringBuilder();

        // The log goes to standard output: there, what is wrong with this very file is told too.
        text.Append(CultureInfo.InvariantCulture, $"bind 127.0.0.1\nport {port}\ndaemonize no\nlogfile \"\"\nloglevel notice\ndir {Quote(folder)}\nsave \"\"\n");

        // Written to the file before the reply is sent, so that a killed server loses nothing. Only the power of the machine is trusted.
        text.Append(_options.KeepsData ? "appendonly yes\nappendfsync no\n" : "appendonly no\n");
        if (_options.Password is { } password)
        {
            text.Append(CultureInfo.InvariantCulture, $"requirepass {Quote(password)}\n");
        }

        foreach (var (name, value) in _settings)
        {
            text.Append(CultureInfo.InvariantCulture, $"{name} {value}\n");
        }

        return text.ToString();
    }

    // Every byte may be written as \xHH between quotes, which spares knowing what else is special.
    private static string Quote(string text) =>
        '"' + string.Concat(Encoding.UTF8.GetBytes(text).Select(static value =>
            char.IsAsciiLetterOrDigit((char)value) ? ((char)value).ToString() : string.Create(CultureInfo.InvariantCulture, $"\\x{value:x2}"))) + '"';

    private void Add(string name, string value)
    {
        if (!SettingName().IsMatch(name))
        {
            throw new ArgumentException($"'{name}' is not the name of a Redis setting: letters, digits and '-' only.", nameof(name));
        }

        if (Reserved.Contains(name, StringComparer.Ordinal))
        {
            throw new ArgumentException(
                $"The Redis setting '{name}' belongs to the local server itself. Use the options Password and KeepsData for what they cover; the rest cannot be changed.", nameof(name));
        }

        if (value.AsSpan().ContainsAny('\n', '\r', '\0'))
        {
            throw new ArgumentException($"The value of the Redis setting '{name}' holds a line break or a NUL character.", nameof(value));
        }

        _settings[name] = value;
    }

    [GeneratedRegex(@"\A[a-z][a-z0-9\-]*\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SettingName();
}
