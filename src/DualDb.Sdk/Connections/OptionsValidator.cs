using System.Globalization;
using DualDb.Connections.Parsing;

namespace DualDb.Connections;

/// <summary>Finds what is missing or malformed in the options of one database.</summary>
internal static class OptionsValidator
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>One sentence per fault, none of which repeats a connection string.</summary>
    /// <param name="database">The database.</param>
    /// <param name="options">Its options.</param>
    public static IEnumerable<string> Validate(Database database, DatabaseOptions options)
        => (options is SupabaseOptions { UsesRest: true } rest ? RestOptionsValidator.Validate(rest) : ValidateConnectionString(database, options)).Concat(ValidateLimits(database, options));

    /// <summary>The settings, or the exception that lists every fault.</summary>
    public static ConnectionSettings Require(Database database, DatabaseOptions options)
    {
        var faults = Validate(database, options).ToList();
        return faults.Count == 0
            ? ConnectionSettings.Parse(options.ConnectionString!, options)
            : throw new DualDbConfigurationException(string.Join(" ", faults)) { Database = database };
    }

    private static IEnumerable<string> ValidateConnectionString(Database database, DatabaseOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.ConnectionString))
        {
            yield return Missing(database);
            yield break;
        }

        var fault = FindFault(options);
        if (fault is not null)
        {
            yield return $"{OptionNames.Option(database, nameof(DatabaseOptions.ConnectionString))} is malformed. {fault}";
        }
    }

    private static string Missing(Database database)
    {
        var text = $"{OptionNames.Option(database, nameof(DatabaseOptions.ConnectionString))} is not set. Set it in code, as "
            + $"{OptionNames.Key(database, nameof(DatabaseOptions.ConnectionString))} in the configuration, or in the environment variable "
            + $"{OptionNames.Variable(database)}.";
        return database == Database.Supabase
            ? text + " Or reach it over REST: set Supabase.Url and Supabase.ApiKey (SUPABASE_URL, and SUPABASE_PUBLISHABLE_KEY or SUPABASE_ANON_KEY)."
            : text;
    }

    private static string? FindFault(DatabaseOptions options)
    {
        try
        {
            ConnectionSettings.Parse(options.ConnectionString!, options);
            return null;
        }
        catch (ConnectionStringException exception)
        {
            return exception.Message;
        }
    }

    private static IEnumerable<string> ValidateLimits(Database database, DatabaseOptions options)
    {
        if (options.MaxPoolSize < 1)
        {
            yield return Fault(database, nameof(options.MaxPoolSize), options.MaxPoolSize, "at least 1");
        }

        if (options.ConnectionIdleLifetime < Second)
        {
            yield return Fault(database, nameof(options.ConnectionIdleLifetime), options.ConnectionIdleLifetime, "at least 00:00:01");
        }

        if (options.ConnectTimeout < Second)
        {
            yield return Fault(database, nameof(options.ConnectTimeout), options.ConnectTimeout, "at least 00:00:01");
        }

        if (options.CommandTimeout < Second && options.CommandTimeout != Timeout.InfiniteTimeSpan)
        {
            yield return Fault(database, nameof(options.CommandTimeout), options.CommandTimeout, "at least 00:00:01, or Timeout.InfiniteTimeSpan");
        }

        if (options.MaxRetries < 0)
        {
            yield return Fault(database, nameof(options.MaxRetries), options.MaxRetries, "0 or more");
        }

        if (options.RetryDelay < TimeSpan.Zero || options.RetryDelay > options.MaxRetryDelay)
        {
            yield return Fault(database, nameof(options.RetryDelay), options.RetryDelay, "from 00:00:00 to MaxRetryDelay");
        }

        if (options.CopyThreshold < 1)
        {
            yield return Fault(database, nameof(options.CopyThreshold), options.CopyThreshold, "at least 1");
        }

        if (!Enum.IsDefined(options.AutoPrepare))
        {
            yield return Fault(database, nameof(options.AutoPrepare), options.AutoPrepare, "WhenProven, Never or Always");
        }
    }

    private static string Fault(Database database, string property, object value, string expected)
        => string.Create(CultureInfo.InvariantCulture, $"{OptionNames.Option(database, property)} is {value}; it must be {expected}.");
}
