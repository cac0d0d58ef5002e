using System.Globalization;
using DualDb.Migrations.Tests.Places;

namespace DualDb.Migrations.Tests.Running;

/// <summary>Memory is the whole process's: no other test runs beside it.</summary>
[Collection(Alone)]
public sealed class SeedMemoryTests(MigrationServers servers)
{
    private const string Alone = "alone";

    [Fact]
    public async Task Fifty_megabytes_are_not_held_in_memory()
    {
        await using var place = (await MigrationPlace.CreateAsync(servers)).Write("neon/20260101T1200_countries", "create table countries (code text, name text);").Write("neon/seeds/countries", "select 1;");
        var path = Path.Combine(place.Folder, "neon", "seeds", "countries.sql");
        await using (var writer = new StreamWriter(path))
        {
            // Statements of one row, and one of 8 MB that no part of the reading holds.
            var text = new string('x', 480);
            for (var number = 0; number < 84_000; number++)
            {
                await writer.WriteLineAsync($"insert into countries values ('{number}', '{text};''{number % 10}');");
            }

            await writer.WriteAsync("insert into countries values ('long', $x$" + new string(';', 8_000_000) + "$x$);");
        }

        Assert.InRange(new FileInfo(path).Length, 50_000_000, 60_000_000);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var (most, calls) = (0L, 0);

        await place.Runner(options =>
        {
            options.Seeds = true;
            options.Probe = point =>
            {
                if (point == "rows sent" && calls++ % 10 == 0)
                {
                    most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
                }
            };
        }).MigrateAsync();

        Assert.Equal(84_001, await place.AskNeonAsync<long>("select count(*) from countries"));
        Assert.True(calls > 50, $"{calls} parts");
        Assert.True(most < 40_000_000, $"{most} bytes are alive at a time");
        TestContext.Current.SendDiagnosticMessage($"{most} bytes alive at most, {calls} parts");
    }

    /// <summary>Its tests run when no others do.</summary>
    [CollectionDefinition(Alone, DisableParallelization = true)]
    public sealed class Collection;
}
