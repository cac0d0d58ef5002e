using System.CommandLine;
using DualDb.Commands.Output;
using DualDb.Commands.Targets;
using Microsoft.Extensions.Configuration;

namespace DualDb.Tool;

/// <summary>Both databases without an application: what can be said of them from their tables and from files.</summary>
internal sealed class StandaloneTargets : ICommandTargets
{
    private readonly Option<string?> _neon = new("--neon") { Description = "Where Neon is; better said by NEON_DATABASE_URL, since others see command lines", Recursive = true };
    private readonly Option<string?> _supabase = new("--supabase") { Description = "Where Supabase is; better said by SUPABASE_DB_URL", Recursive = true };
    private readonly Option<FileInfo?> _settings = new("--settings") { Description = "A JSON file with a section DualDb, as applications have it; it goes before the environment", Recursive = true };
    private readonly Option<string> _folder = new("--folder") { Description = "The folder of migrations", Recursive = true, DefaultValueFactory = static _ => "migrations" };

    public void Extend(RootCommand root)
    {
        root.Add(_neon);
        root.Add(_supabase);
        root.Add(_settings);
        root.Add(_folder);
        ApplicationArguments.AddTo(root);
    }

    public ICommandTarget Open(ParseResult parse, Redaction redaction)
    {
        var (neon, supabase) = (parse.GetValue(_neon), parse.GetValue(_supabase));
        foreach (var address in (string?[])[neon, supabase, Environment.GetEnvironmentVariable("NEON_DATABASE_URL"), Environment.GetEnvironmentVariable("SUPABASE_DB_URL")])
        {
            redaction.AddAddress(address);
        }

        return new StandaloneTarget(parse.GetValue(_folder)!, () => Connect(neon, supabase, Read(parse.GetValue(_settings), redaction), redaction));
    }

    private static StandaloneDatabase Connect(string? neon, string? supabase, IConfiguration? configuration, Redaction redaction)
    {
        var database = StandaloneDatabase.Create(
            options =>
            {
                options.Neon.ConnectionString = neon ?? options.Neon.ConnectionString;
                options.Supabase.ConnectionString = supabase ?? options.Supabase.ConnectionString;
            },
            configuration);
        redaction.AddDatabases(database);
        return database;
    }

    private static IConfigurationRoot? Read(FileInfo? file, Redaction redaction)
    {
        if (file is null)
        {
            return null;
        }

        if (!file.Exists)
        {
            throw new UsageException($"There is no file {file.FullName} (--settings).");
        }

        try
        {
            var configuration = new ConfigurationBuilder().AddJsonFile(file.FullName).Build();
            redaction.AddAddress(configuration["DualDb:Neon:ConnectionString"]);
            redaction.AddAddress(configuration["DualDb:Supabase:ConnectionString"]);
            return configuration;
        }
        catch (Exception exception) when (exception is InvalidDataException or FormatException)
        {
            throw new UsageException($"{file.FullName} (--settings) is no JSON: {exception.InnerException?.Message ?? exception.Message}");
        }
    }
}
