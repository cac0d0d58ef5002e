using DualDb.Caching;
using DualDb.Connections;
using DualDb.Users;
using Microsoft.Extensions.Configuration;

namespace DualDb.Hosting;

/// <summary>Gathers the options of a root from their sources, and checks them.</summary>
internal static class OptionsAssembly
{
    private static readonly Database[] Databases = [Database.Neon, Database.Supabase];

    /// <summary>The options, complete for the databases in use.</summary>
    /// <exception cref="DualDbConfigurationException">Options are missing or malformed; all of them are listed.</exception>
    public static DualDbOptions Assemble(
        string rootName, DatabaseUse use, Action<DualDbOptions>? configure, IConfiguration? configuration, Func<string, string?> environment)
    {
        var options = new DualDbOptions();
        var faults = new List<string>();
        RestEnvironment.Read(options.Supabase, environment, faults);
        foreach (var database in Databases)
        {
            var variable = environment(OptionNames.Variable(database));
            options.For(database).ConnectionString = string.IsNullOrWhiteSpace(variable) ? null : variable;
            if (configuration is not null)
            {
                ConfigurationBinder.Bind(database, options.For(database), configuration, faults);
            }
        }

        var redis = environment(OptionNames.RedisVariable);
        options.Caching.Redis = string.IsNullOrWhiteSpace(redis) ? null : redis;
        if (configuration is not null)
        {
            CachingBinder.Bind(options.Caching, configuration, faults);
        }

        configure?.Invoke(options);
        faults.AddRange(CachingValidator.Validate(options.Caching));
        foreach (var database in Databases.Where(database => IsUsed(database, use)))
        {
            faults.AddRange(OptionsValidator.Validate(database, options.For(database)));
        }

        if (IsUsed(Database.Supabase, use))
        {
            faults.AddRange(UserRules.Validate(options.Supabase));
        }

        return faults.Count == 0 ? options : throw Failure(rootName, faults);
    }

    private static bool IsUsed(Database database, DatabaseUse use)
        => use.HasFlag(database == Database.Neon ? DatabaseUse.Neon : DatabaseUse.Supabase);

    private static DualDbConfigurationException Failure(string rootName, List<string> faults)
        => faults is [var single]
            ? new($"{rootName} cannot be created. {single}")
            : new($"{rootName} cannot be created:{string.Concat(faults.Select(fault => $"{Environment.NewLine}- {fault}"))}");
}
