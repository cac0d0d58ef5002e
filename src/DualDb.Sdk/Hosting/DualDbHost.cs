using System.ComponentModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace DualDb.Hosting;

/// <summary>Both databases of one root and its cache, as generated code creates them.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class DualDbHost : IAsyncDisposable, IDisposable
{
    private DualDbHost(string rootName, DualDbOptions options, ILoggerFactory? loggerFactory)
    {
        Neon = new NeonDatabase(options.Neon, options.TimeProvider, loggerFactory);
        Supabase = new SupabaseDatabase(options.Supabase, options.TimeProvider, loggerFactory);
        Cache = CacheFactory.Create(rootName, options, loggerFactory);
    }

    /// <summary>The Neon database.</summary>
    public NeonDatabase Neon { get; }

    /// <summary>The Supabase database.</summary>
    public SupabaseDatabase Supabase { get; }

    /// <summary>What both keep in memory and in Redis.</summary>
    public DualDbCache Cache { get; }

    /// <summary>Gathers the options from the environment, the configuration and code, checks them, and creates both databases. Nothing connects yet.</summary>
    /// <param name="rootName">The root, for messages.</param>
    /// <param name="use">The databases whose options must be complete.</param>
    /// <param name="configure">Sets options in code; null for none.</param>
    /// <param name="configuration">Holds the section <c>DualDb</c>; null for none.</param>
    /// <param name="loggerFactory">Receives Npgsql's log; null for none.</param>
    /// <exception cref="DualDbConfigurationException">Options are missing or malformed; all of them are listed.</exception>
    public static DualDbHost Create(
        string rootName,
        DatabaseUse use,
        Action<DualDbOptions>? configure = null,
        IConfiguration? configuration = null,
        ILoggerFactory? loggerFactory = null)
        => Create(rootName, use, configure, configuration, loggerFactory, Environment.GetEnvironmentVariable);

    /// <summary>As the public method, with an environment of the caller's.</summary>
    internal static DualDbHost Create(
        string rootName,
        DatabaseUse use,
        Action<DualDbOptions>? configure,
        IConfiguration? configuration,
        ILoggerFactory? loggerFactory,
        Func<string, string?> environment)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(rootName);
        var options = OptionsAssembly.Assemble(rootName, use, configure, configuration, environment);
        return new DualDbHost(rootName, options, loggerFactory);
    }

    /// <summary>Closes the connections of both databases.</summary>
    public async ValueTask DisposeAsync()
    {
        await Cache.DisposeAsync().ConfigureAwait(false);
        await Neon.DisposeAsync().ConfigureAwait(false);
        await Supabase.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Closes the connections of both databases.</summary>
    public void Dispose()
    {
        Cache.Dispose();
        Neon.Dispose();
        Supabase.Dispose();
    }
}
