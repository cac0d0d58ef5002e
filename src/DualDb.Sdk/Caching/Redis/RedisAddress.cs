using System.Globalization;
using StackExchange.Redis;

namespace DualDb.Caching;

/// <summary>Reads where Redis is: a URI as hosters hand it out, or the client's own form.</summary>
internal static class RedisAddress
{
    private const int DefaultPort = 6379;

    /// <summary>What is wrong with an address, without repeating it: it may hold a password; null where nothing is.</summary>
    public static string? FindFault(string address)
    {
        try
        {
            Parse(address);
            return null;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or NotSupportedException)
        {
            return $"Caching.Redis is malformed. {(exception is RedisAddressException ? exception.Message : "It is neither a redis:// URI nor of the form host:6379,password=….")}";
        }
    }

    /// <summary>The options of the client.</summary>
    /// <exception cref="ArgumentException">The address is malformed.</exception>
    public static ConfigurationOptions Parse(string address)
    {
        var isUri = address.Contains("://", StringComparison.Ordinal);
        var options = isUri ? FromUri(address) : ConfigurationOptions.Parse(address);
        if (options.EndPoints.Count == 0)
        {
            throw new RedisAddressException("It names no host.");
        }

        options.AbortOnConnectFail = true;
        options.ConnectRetry = 1;
        return options;
    }

    private static ConfigurationOptions FromUri(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("redis" or "rediss"))
        {
            throw new RedisAddressException("It must begin with redis:// or rediss://.");
        }

        if (uri.Host.Length == 0)
        {
            throw new RedisAddressException("It names no host.");
        }

        var parts = uri.UserInfo.Split(':', 2);
        var user = Uri.UnescapeDataString(parts.Length == 2 ? parts[0] : "");
        var password = Uri.UnescapeDataString(parts[^1]);
        var options = OptionsFor(user);
        options.EndPoints.Add(uri.Host.Trim('[', ']'), uri.Port > 0 ? uri.Port : DefaultPort);
        if (password.Length > 0)
        {
            options.Password = password;
        }

        if (string.Equals(uri.Scheme, "rediss", StringComparison.Ordinal))
        {
            options.Ssl = true;
            options.SslHost = uri.Host;
        }

        var database = uri.AbsolutePath.Trim('/');
        if (database.Length > 0)
        {
            options.DefaultDatabase = int.TryParse(database, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw new RedisAddressException("What stands behind the host must be the number of a database. A password that holds / or @ has to be percent-encoded.");
        }

        return options;
    }

    /// <summary>Options with a user. The oldest client that this runs on knows none: there a password alone is sent, which stands for the user <c>default</c>.</summary>
    private static ConfigurationOptions OptionsFor(string user)
    {
        if (user.Length == 0 || string.Equals(user, "default", StringComparison.Ordinal))
        {
            return new ConfigurationOptions();
        }

        try
        {
            return ConfigurationOptions.Parse("user=" + user);
        }
        catch (ArgumentException)
        {
            throw new RedisAddressException("It names a user, which StackExchange.Redis 1.2.6 cannot send. Reference version 2 or newer in your project, or use the user 'default'.");
        }
    }
}
