using System.CommandLine;
using DualDb.Commands.Output;
using DualDb.Commands.Targets;
using DualDb.Diagnostics;
using Microsoft.Extensions.Configuration;

namespace DualDb.Tool;

/// <summary>Both databases without an application: what can be said of them from their tables and from files.</summary>
/// <param name="project">The folder that the one of migrations lies in; null for the current one.</param>
/// <param name="built">The file that was built of the project; null where there is none.</param>
internal sealed class StandaloneTargets(string? project = null, string? built = null) : ICommandTargets
{
    private readonly Option<string?> _neon = new("--neon") { Description = "Where Neon is; better said by NEON_DATABASE_URL, since others see command lines", Recursive = true };
    private readonly Option<string?> _supabase = new("--supabase") { Description = "Where Supabase is; better said by SUPABASE_DB_URL", Recursive = true };
    private readonly Option<FileInfo?> _settings = new("--settings") { Description = "A JSON file with a section DualDb, as applications have it; it goes before the environment", Recursive = true };
    private readonly Option<string> _folder = MigrationFolder.Option();
    private readonly Option<string?> _assembly = new("--assembly") { Description = "The built file that the model is read from; it is not loaded", Recursive = true };
    private readonly Option<string?> _root = new("--root") { Description = "With --assembly: the root, where the file declares several", Recursive = true };

    public void Extend(RootCommand root)
    {
        root.Add(_neon);
        root.Add(_supabase);
        root.Add(_settings);
        _folder.Recursive = true;
        root.Add(_folder);
        root.Add(_assembly);
        root.Add(_root);
        ApplicationArguments.AddTo(root);
    }

    public ICommandTarget Open(ParseResult parse, Redaction redaction)
    {
        var (neon, supabase) = (parse.GetValue(_neon), parse.GetValue(_supabase));
        foreach (var address in (string?[])[neon, supabase, Environment.GetEnvironmentVariable("NEON_DATABASE_URL"), Environment.GetEnvironmentVariable("SUPABASE_DB_URL")])
        {
            redaction.AddAddress(address);
        }

        var folder = Path.GetFullPath(parse.GetValue(_folder)!, project ?? Environment.CurrentDirectory);
        return new StandaloneTarget(folder, parse.GetValue(_assembly) ?? built, parse.GetValue(_root), () => Connect(neon, supabase, Read(parse.GetValue(_settings), redaction), redaction));
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
