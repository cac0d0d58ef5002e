using DualDb.Migrations.Model;
using DualDb.Migrations.Tests.Places;

namespace DualDb.Migrations.Tests.Model;

public sealed class SliceTests(MigrationServers servers)
{
    [Fact]
    public async Task Model_becomes_files_which_become_databases_that_are_as_the_model_says()
    {
        await using var place = await MigrationPlace.CreateAsync(servers);

        var added = await MigrationScaffold.AddAsync("first", SchemaModel.Of<TestDb>(), place.Folder);
        await place.Runner().MigrateAsync();

        Assert.Equal(["neon", "supabase"], added.Files.Select(file => file.Id.ToString().Split('/')[0]));
        var report = await place.Db.DoctorAsync();
        Assert.DoesNotContain(report.Differences, difference => difference.Severity != DriftSeverity.Remark);
        Assert.True((await MigrationScaffold.AddAsync("second", SchemaModel.Of<TestDb>(), place.Folder)).IsEmpty);
    }
}
