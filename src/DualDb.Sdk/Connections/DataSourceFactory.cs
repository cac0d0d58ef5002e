using Microsoft.Extensions.Logging;
using Npgsql;

namespace DualDb.Connections;

/// <summary>Builds Npgsql data sources from settings.</summary>
/// <param name="name">The name in logs and metrics: <c>neon</c>, <c>supabase</c>.</param>
/// <param name="options">The options.</param>
/// <param name="loggerFactory">Receives Npgsql's log; null for none.</param>
internal sealed class DataSourceFactory(string name, DatabaseOptions options, ILoggerFactory? loggerFactory)
{
    /// <summary>A data source, and what must be disposed of in the end: with several hosts that is another object.</summary>
    public (NpgsqlDataSource Source, NpgsqlDataSource Owner) Build(NpgsqlConnectionStringBuilder settings)
    {
        // With several hosts Npgsql takes the wanted kind of server from the caller, not from the string.
        var attributes = settings.TargetSessionAttributes;
        settings.TargetSessionAttributes = null;

        var builder = new NpgsqlDataSourceBuilder(settings.ConnectionString) { Name = name };
        if (loggerFactory is not null)
        {
            builder.UseLoggerFactory(loggerFactory);
        }

        options.ConfigureDataSource?.Invoke(builder);
        if (!settings.Host!.Contains(',', StringComparison.Ordinal))
        {
            var single = builder.Build();
            return (single, single);
        }

        var owner = builder.BuildMultiHost();
        return (owner.WithTargetSession(ToAttributes(attributes)), owner);
    }

    private static TargetSessionAttributes ToAttributes(string? value)
        => value?.ToLowerInvariant() switch
        {
            "primary" => TargetSessionAttributes.Primary,
            "standby" => TargetSessionAttributes.Standby,
            "prefer-primary" => TargetSessionAttributes.PreferPrimary,
            "prefer-standby" => TargetSessionAttributes.PreferStandby,
            "read-write" => TargetSessionAttributes.ReadWrite,
            "read-only" => TargetSessionAttributes.ReadOnly,
            _ => TargetSessionAttributes.Any,
        };
}
