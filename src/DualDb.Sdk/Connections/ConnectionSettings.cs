using DualDb.Connections.Parsing;
using Npgsql;

namespace DualDb.Connections;

/// <summary>Everything that is known of a database before the first connection.</summary>
internal sealed class ConnectionSettings
{
    private const int AutoPreparedStatements = 100;

    /// <summary>The SDK's statements are constant per method, so that one seen twice will be seen again.</summary>
    private const int UsesBeforePreparing = 2;

    private readonly NpgsqlConnectionStringBuilder _builder;
    private readonly DatabaseOptions _options;

    private ConnectionSettings(ParsedConnectionString parsed, DatabaseOptions options)
    {
        _options = options;
        _builder = ConnectionDefaults.Complete(parsed.Builder, options);
        Verdict = EndpointRules.Judge(_builder, parsed.DeclaresPooler);
        Endpoint = string.Join(',', EndpointRules.Endpoints(_builder).Select(endpoint => $"{endpoint.Host}:{endpoint.Port.ToString(System.Globalization.CultureInfo.InvariantCulture)}"));
    }

    /// <summary>What the address says about the endpoint.</summary>
    public EndpointVerdict Verdict { get; }

    /// <summary>Hosts and ports, for messages.</summary>
    public string Endpoint { get; }

    /// <summary>The login role, for messages; null where the system decides.</summary>
    public string? Username => _builder.Username;

    /// <summary>The database's name, for messages; null where the login role's name is used.</summary>
    public string? DatabaseName => _builder.Database;

    /// <summary>How many connections the pool may hold.</summary>
    public int MaxPoolSize => _builder.MaxPoolSize;

    /// <summary>Whether statements are prepared only after the endpoint has been asked what it is.</summary>
    /// <remarks>Several hosts may answer differently, so that asking one proves nothing for the others.</remarks>
    public bool NeedsProbe
        => _options.AutoPrepare == AutoPrepare.WhenProven && Verdict == EndpointVerdict.Unknown && !SaysMaxAutoPrepare && !HasSeveralHosts;

    /// <summary>Whether the user's startup settings must be refused on a pooler, and which these are; null where there are none.</summary>
    public string? StartupSetting
        => !string.IsNullOrEmpty(_builder.SearchPath) ? "Search Path"
            : !string.IsNullOrEmpty(_builder.Options) && !IsNeonEndpointOption ? "Options"
            : null;

    private bool SaysMaxAutoPrepare => ConnectionDefaults.Says(_builder, "Max Auto Prepare");

    private bool HasSeveralHosts => _builder.Host!.Contains(',', StringComparison.Ordinal);

    /// <summary>Neon's proxy takes <c>options=endpoint=…</c> for itself and never passes it on.</summary>
    private bool IsNeonEndpointOption
        => EndpointRules.Endpoints(_builder).All(endpoint => EndpointRules.IsNeon(endpoint.Host))
            && (_builder.Options!.StartsWith("endpoint=", StringComparison.Ordinal) || _builder.Options.StartsWith("project=", StringComparison.Ordinal));

    /// <summary>Reads the options.</summary>
    /// <exception cref="ConnectionStringException">The connection string is malformed, or asks for what the SDK cannot give.</exception>
    public static ConnectionSettings Parse(string connectionString, DatabaseOptions options)
    {
        var settings = new ConnectionSettings(ConnectionStringParser.Parse(connectionString), options);
        if (settings._builder.Multiplexing)
        {
            throw new ConnectionStringException("It turns Multiplexing on, which the SDK's transactions cannot work with. Remove it.");
        }

        if (settings.Verdict == EndpointVerdict.Pooler && settings.StartupSetting is { } setting)
        {
            throw new ConnectionStringException(PoolerRefuses(setting));
        }

        return settings;
    }

    /// <summary>Why a startup setting cannot be used with a pooler.</summary>
    public static string PoolerRefuses(string setting)
        => $"It sets {setting}, which a transaction pooler refuses or applies to other sessions. Remove it: every statement of the SDK names "
            + "its schema, and a role can be given a setting with ALTER ROLE … SET. Or use the vendor's direct endpoint.";

    /// <summary>The connection string of the pool.</summary>
    /// <param name="isDirect">Whether the endpoint is known to be direct.</param>
    public NpgsqlConnectionStringBuilder ForPool(bool isDirect)
    {
        var pool = Copy();
        if (!SaysMaxAutoPrepare)
        {
            var prepares = _options.AutoPrepare == AutoPrepare.Always || (_options.AutoPrepare == AutoPrepare.WhenProven && isDirect);
            pool.MaxAutoPrepare = prepares ? AutoPreparedStatements : 0;
        }

        if (!ConnectionDefaults.Says(_builder, "Auto Prepare Min Usages"))
        {
            pool.AutoPrepareMinUsages = UsesBeforePreparing;
        }

        return pool;
    }

    /// <summary>The connection string of a connection without a pool: of the one that asks the endpoint what it is, and of those that ask whether it is there.</summary>
    public NpgsqlConnectionStringBuilder ForProbe()
    {
        var probe = Copy();
        probe.Pooling = false;
        probe.MaxAutoPrepare = 0;
        return probe;
    }

    private NpgsqlConnectionStringBuilder Copy() => new(_builder.ConnectionString);
}
