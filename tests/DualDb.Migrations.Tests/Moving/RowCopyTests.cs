using DualDb.Migrations.Moving;
using DualDb.Migrations.Tests.Places;
using DualDb.Testing;
using Npgsql;

namespace DualDb.Migrations.Tests.Moving;

/// <summary>Rows are piped whole, or the failure that kept them from it is told.</summary>
public sealed class RowCopyTests(MigrationServers servers)
{
    [Fact]
    public async Task Failure_of_the_source_in_the_middle_is_told_and_not_what_it_leaves_behind()
    {
        await using var place = await MigrationPlace.CreateAsync(servers);
        await place.AskSupabaseAsync<object?>("create table copied (id integer, text text); select null");
        await using var source = await OpenAsync(place.Neon);
        await using var target = await OpenAsync(place.Supabase);
        await using var transaction = await target.BeginTransactionAsync(TestContext.Current.CancellationToken);

        // Rows of many lengths, so that the pieces in which they come end within one.
        var failure = await Assert.ThrowsAsync<PostgresException>(() => RowCopy.RunAsync(
            source, "select 100 / (9000 - i), repeat('x', i % 97) from generate_series(1, 10000) i", target, "copied (id, text)", TestContext.Current.CancellationToken));

        Assert.Equal(PostgresErrorCodes.DivisionByZero, failure.SqlState);
        await transaction.RollbackAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, await place.AskSupabaseAsync<long>("select count(*) from copied"));
    }

    [Fact]
    public async Task Line_that_breaks_within_a_row_is_told_and_not_half_a_row()
    {
        await using var place = await MigrationPlace.CreateAsync(servers);
        await place.AskSupabaseAsync<object?>("create table copied (id integer, text text); select null");
        var address = new NpgsqlConnectionStringBuilder(place.Neon);
        await using var line = await LatencyProxy.StartAsync(address.Host!, address.Port, cancellationToken: TestContext.Current.CancellationToken);
        await using var source = await OpenAsync(line.Rewrite(place.Neon));
        await using var target = await OpenAsync(place.Supabase);
        await using var transaction = await target.BeginTransactionAsync(TestContext.Current.CancellationToken);

        // One row, too long to be over before the line is cut. The column after it is missing then.
        var copying = RowCopy.RunAsync(source, "select repeat('x', 60000000), 1", target, "copied (text, id)", TestContext.Current.CancellationToken);
        while (line.BytesToClient < 1_000_000 && !copying.IsCompleted)
        {
            await Task.Yield();
        }

        await line.CutAsync();
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => copying);

        Assert.IsNotType<PostgresException>(failure);
        await transaction.RollbackAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, await place.AskSupabaseAsync<long>("select count(*) from copied"));
    }

    private static async Task<NpgsqlConnection> OpenAsync(string connectionString)
    {
        var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        return connection;
    }
}
