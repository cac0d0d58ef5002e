using DualDb.Migrations.Tests.Places;

namespace DualDb.Migrations.Tests.Recipes;

/// <summary>A recipe of the guide on a large table, while an application runs.</summary>
internal sealed class Recipe : IAsyncDisposable
{
    public const int Rows = 200_000;

    private readonly MigrationPlace _place;
    private readonly IDataMigration[] _code;
    private readonly int _files;

    private Recipe(MigrationPlace place, AppLoad load, IDataMigration[] code, int files)
    {
        _place = place;
        Load = load;
        _code = code;
        _files = files;
    }

    public AppLoad Load { get; }

    public static async Task<Recipe> BeginAsync(MigrationServers servers, string section, string setUp, AppVersion first, params IDataMigration[] code)
    {
        var files = GuideText.Files(section);
        Assert.NotEmpty(files);
        Assert.All(code, static one => Assert.True(GuideText.Holds(one.GetType().Name), $"{one.GetType().Name} stands otherwise in the guide."));
        var place = await MigrationPlace.CreateAsync(servers);
        foreach (var (id, sql) in files)
        {
            place.Write(id, sql);
        }

        await place.AskNeonAsync<object?>(setUp + "; analyze; select null");
        var recipe = new Recipe(place, new AppLoad(place.Neon, first), code, files.Count);
        Assert.Empty(DualDbMigrations.FromFolder(place.Folder).With(code).Lint());
        await recipe.Load.RunOnAsync();
        return recipe;
    }

    /// <summary>Applies the files up to a phase, and lets the application run on.</summary>
    public async Task MigrateAsync(MigrationPhase through)
    {
        var run = await _place.Runner(options => options.Through = through, _code).MigrateAsync(TestContext.Current.CancellationToken);
        Assert.NotEmpty(run.Applied);
        await Load.RunOnAsync();
    }

    public Task<T> AskAsync<T>(string sql) => _place.AskNeonAsync<T>(sql);

    /// <summary>Says that all was applied, and that nothing failed.</summary>
    public async Task EndAsync()
    {
        await Load.StopAsync();
        TestContext.Current.TestOutputHelper?.WriteLine($"{Load.Statements} statements, {Load.Retried} to be repeated");
        Assert.Empty(Load.Failures);
        Assert.Equal(_files + _code.Length, await _place.AskNeonAsync<long>("select count(*) from dualdb.migrations where state = 'applied'"));
    }

    public async ValueTask DisposeAsync()
    {
        await Load.DisposeAsync();
        await _place.DisposeAsync();
    }
}
