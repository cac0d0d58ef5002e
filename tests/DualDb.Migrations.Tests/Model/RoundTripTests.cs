using System.Reflection;
using DualDb.Migrations.Model;
using DualDb.Migrations.Tests.Places;

namespace DualDb.Migrations.Tests.Model;

/// <summary>Model, migration, database, catalogue: and the catalogue says what the model said.</summary>
public sealed class RoundTripTests(MigrationServers servers)
{
    private const string Prerequisites =
        """
        create extension if not exists citext;
        create type mood as enum ('Sad', 'Happy', 'VeryHappy');
        create domain positive_number as integer check (value > 0);
        create domain short_text as varchar(20);
        """;

    [Fact]
    public async Task Annotated_model_is_found_again_and_nothing_is_left_to_do()
    {
        await using var place = await MigrationPlace.CreateAsync(servers);

        var added = await MigrationScaffold.AddAsync("first", SchemaModel.Of<TestDb>(), place.Folder);
        await place.Runner().MigrateAsync();

        Assert.Equal(["neon", "supabase"], added.Files.Select(file => file.Id.ToString().Split('/')[0]));
        Assert.Empty(added.Findings);
        Assert.Empty(Amiss(await place.Db.DoctorAsync()));
        Assert.True((await MigrationScaffold.AddAsync("second", SchemaModel.Of<TestDb>(), place.Folder)).IsEmpty);
        Assert.True((await MigrationScaffold.AddAsync("second", SchemaModel.Of<TestDb>(), place.Folder, new ScaffoldOptions { CompareWith = place.Db })).IsEmpty);
    }

    [Fact]
    public async Task Tables_that_the_root_creates_are_those_of_its_model()
    {
        await using var place = await MigrationPlace.CreateAsync(servers);

        await place.Db.CreateTablesAsync();

        var amiss = Amiss(await place.Db.DoctorAsync(options => options.RequireRowSecurity = false)).ToList();
        Assert.Equal(["desk.tickets", "desk.tickets.order_id"], amiss.Select(static one => one.Subject));
        Assert.All(amiss, static one => Assert.Equal(DriftKind.Name, one.Kind));
    }

    [Fact]
    public async Task Every_mapped_type_is_found_again()
    {
        await using var place = await PlaceOfShapesAsync();
        var model = Together(ShapesOf("Neon"), ShapesOf("Supabase"));
        Assert.True(model.Tables.Count > 100, $"There are only {model.Tables.Count} shapes.");

        await MigrationScaffold.AddAsync("shapes", model, place.Folder);
        await place.Runner().MigrateAsync();

        var report = await place.Db.DoctorAsync(model);
        Assert.Empty(Amiss(report));
        Assert.Empty(report.Notes);
    }

    [Theory]
    [InlineData("Neon")]
    [InlineData("Supabase")]
    public async Task Tables_of_every_mapped_type_are_those_of_the_model(string library)
    {
        await using var place = await PlaceOfShapesAsync();
        var root = Assembly.LoadFrom(PathOf(library)).GetType($"DualDb.Shapes.{library}.DualDatabase", throwOnError: true)!;
        await using var db = (IAsyncDisposable)root.GetMethod("Create", [typeof(Action<DualDbOptions>)])!.Invoke(null, [(Action<DualDbOptions>)place.Connect])!;
        await (Task)root.GetMethod("CreateTablesAsync")!.Invoke(db, [TestContext.Current.CancellationToken])!;

        Assert.Empty(Amiss(await place.Db.DoctorAsync(ShapesOf(library), options => options.RequireRowSecurity = false)));
    }

    [Fact]
    public async Task Role_that_only_reads_compares_all_but_expressions_and_says_so()
    {
        await using var place = await MigrationPlace.CreateAsync(servers);
        await MigrationScaffold.AddAsync("first", SchemaModel.Of<TestDb>(), place.Folder);
        await place.Runner().MigrateAsync();
        await place.AskNeonAsync<object?>("do $$ begin execute format('alter database %I set default_transaction_read_only = on', current_database()); end $$");
        await using var db = place.Open();

        var report = await db.DoctorAsync();

        Assert.Empty(Amiss(report));
        Assert.Contains("may create no temporary tables", Assert.Single(report.Notes).Message, StringComparison.Ordinal);
    }

    private static IEnumerable<DriftDifference> Amiss(DriftReport report) => report.Differences.Where(static one => one is not { Severity: DriftSeverity.Remark, Kind: DriftKind.RowSecurity });

    private static SchemaModel ShapesOf(string library) => SchemaModel.FromFile(PathOf(library));

    private static string PathOf(string library) => Path.Combine(AppContext.BaseDirectory, $"DualDb.Shapes.{library}.dll");

    private static SchemaModel Together(SchemaModel left, SchemaModel right)
        => new() { Tables = [.. left.Tables, .. right.Tables], Enums = [.. left.Enums, .. right.Enums], Maps = [.. left.Maps, .. right.Maps] };

    private async Task<MigrationPlace> PlaceOfShapesAsync()
    {
        var place = await MigrationPlace.CreateAsync(servers);
        await place.AskNeonAsync<object?>(Prerequisites);
        await place.AskSupabaseAsync<object?>(Prerequisites);
        return place;
    }
}
