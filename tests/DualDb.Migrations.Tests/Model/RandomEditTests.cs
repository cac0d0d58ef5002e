using System.Globalization;
using DualDb.Migrations.Model;
using DualDb.Migrations.Tests.Model.Editing;
using DualDb.Migrations.Tests.Places;

namespace DualDb.Migrations.Tests.Model;

/// <summary>A model that is edited again and again, and databases with rows that follow it.</summary>
public sealed class RandomEditTests(MigrationServers servers)
{
    private const int Edits = 200;

    /// <summary>Set to repeat a run that has failed.</summary>
    private static int Seed => int.TryParse(Environment.GetEnvironmentVariable("DUALDB_EDIT_SEED"), NumberStyles.None, CultureInfo.InvariantCulture, out var seed) ? seed : Environment.TickCount & int.MaxValue;

    [Fact]
    public async Task Databases_with_rows_follow_two_hundred_edits_of_a_model()
    {
        await using var place = await MigrationPlace.CreateAsync(servers);
        var seed = Seed;
        TestContext.Current.SendDiagnosticMessage($"DUALDB_EDIT_SEED={seed}");
        var editor = new ModelEditor(new Random(seed));
        var rows = new Rows(place);
        var model = SchemaModel.Empty;
        var done = new List<string>();
        for (var edit = 1; edit <= Edits; edit++)
        {
            var before = await rows.CountAsync(model);
            var (next, kind) = editor.Edit(model);
            done.AddRange(kind);
            try
            {
                await MigrationScaffold.AddAsync("edit", next, place.Folder);
                await place.Runner().MigrateAsync();
                Assert.DoesNotContain((await place.Db.DoctorAsync(next)).Differences, static one => one.Kind != DriftKind.RowSecurity || one.Severity != DriftSeverity.Remark);
                AssertKept(next, before, await rows.CountAsync(next));
                await rows.InsertAsync(next);
            }
            catch (Exception fault)
            {
                Assert.Fail($"Edit {edit} ({string.Join(", ", kind)}) with DUALDB_EDIT_SEED={seed}: {fault}\n{string.Join("\n\n", Directory.EnumerateFiles(place.Folder, "*.sql", SearchOption.AllDirectories).OrderBy(File.GetLastWriteTimeUtc).TakeLast(8).Select(static file => file + "\n" + File.ReadAllText(file)))}");
            }

            model = next;
        }

        Assert.True(done.Distinct().Count() > 10, $"Only {string.Join(", ", done.Distinct())} were done (seed {seed}).");
    }

    // A value is never lost but with its column, and a row never but with its table.
    private static void AssertKept(SchemaModel model, IReadOnlyDictionary<(Database, string, string), long> before, IReadOnlyDictionary<(Database, string, string), long> after)
    {
        foreach (var table in model.Tables)
        {
            var old = table.RenamedFrom is null ? table.FullName : table.Schema + "." + table.RenamedFrom;
            if (before.TryGetValue((table.Database, old, ""), out var rows))
            {
                Assert.Equal(rows, after[(table.Database, table.FullName, "")]);
            }

            foreach (var column in table.Columns)
            {
                if (before.TryGetValue((table.Database, old, column.RenamedFrom ?? column.Name), out var values))
                {
                    Assert.True(after[(table.Database, table.FullName, column.Name)] >= values, $"{table.FullName}.{column.Name} had {values} values, and has {after[(table.Database, table.FullName, column.Name)]}.");
                }
            }
        }
    }
}
