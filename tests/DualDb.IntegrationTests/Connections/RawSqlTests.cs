using DualDb.IntegrationTests.Repositories.Cancellation;
using DualDb.IntegrationTests.Repositories.Places;

namespace DualDb.IntegrationTests.Connections;

public class RawSqlTests(ShapeServers servers)
{
    private enum Mood
    {
        Calm = 1,
        Glad = 2,
    }

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public sealed class Profile
    {
        public int UserId { get; set; }

        public string? DisplayName { get; init; }

        public DateTimeOffset CreatedAt { get; init; }

        public DateOnly? BornOn { get; init; }

        public TimeOnly WakesAt { get; init; }

        public int[] LuckyNumbers { get; init; } = [];

        [Column("e-mail")]
        public string? Email { get; init; }
    }

    public sealed record ProfileRow(int UserId, string? DisplayName, DateTimeOffset CreatedAt);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Maps_columns_to_members_by_name(bool pooled)
    {
        await using var database = Databases.Supabase(pooled ? servers.SupabasePooler.ConnectionString : servers.Servers.Supabase.ConnectionString);
        var table = await database.CreateTableAsync(
            "user_id int, display_name text, created_at timestamptz, born_on date, wakes_at time, lucky_numbers int[], \"e-mail\" text");
        var moment = new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.FromHours(2));
        var born = new DateOnly(1990, 2, 3);
        var wakes = new TimeOnly(6, 30);
        int[] numbers = [3, 7];
        Assert.Equal(1, await database.ExecuteAsync(
            $"insert into {table} values ({1}, {"Ann"}, {moment}, {born}, {wakes}, {numbers}, {"a@b.c"})", Token));
        await database.ExecuteAsync($"insert into {table} values (2, null, {moment}, null, {wakes}, '{{}}', null)", Token);

        var profiles = await database.QueryAsync<Profile>($"select * from {table} order by user_id", Token);
        var rows = await database.QueryAsync<ProfileRow>($"select user_id, display_name, created_at from {table} where user_id = any({new[] { 1 }})", Token);

        Assert.Equal(2, profiles.Count);
        var ann = profiles[0];
        Assert.Equal((1, "Ann", moment, (DateOnly?)born, wakes, "a@b.c"), (ann.UserId, ann.DisplayName, ann.CreatedAt, ann.BornOn, ann.WakesAt, ann.Email));
        Assert.Equal(numbers, ann.LuckyNumbers);
        Assert.Equal((2, null, null, null), (profiles[1].UserId, profiles[1].DisplayName, profiles[1].BornOn, profiles[1].Email));
        Assert.Equal([new ProfileRow(1, "Ann", moment)], rows);
    }

    [Fact]
    public async Task Sends_values_never_as_SQL()
    {
        await using var database = Databases.Neon(servers.Servers.Neon.ConnectionString);
        var table = await database.CreateTableAsync("name text");
        var evil = $"x'); drop table {table}; --";

        await database.ExecuteAsync($"insert into {table} values ({evil})", Token);

        Assert.Equal(evil, await database.ExecuteScalarAsync<string>($"select name from {table} where name = {evil}", Token));
    }

    [Fact]
    public async Task Reads_plain_values()
    {
        await using var database = Databases.Neon(servers.Servers.Neon.ConnectionString);
        var moment = new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

        Assert.Equal(42, await database.ExecuteScalarAsync<int>($"select count(*) + {41} from pg_database where datname = current_database()", Token));
        Assert.Equal(moment, await database.ExecuteScalarAsync<DateTimeOffset>($"select {moment}", Token));
        Assert.Equal(Mood.Glad, await database.ExecuteScalarAsync<Mood>($"select {Mood.Glad}", Token));
        Assert.Equal(Mood.Glad, await database.ExecuteScalarAsync<Mood>($"select 'Glad'", Token));
        Assert.Equal("[1,2]", System.Text.Json.JsonSerializer.Serialize(await database.ExecuteScalarAsync<int[]>($"select array[1,2]", Token)));
        Assert.Null(await database.ExecuteScalarAsync<int?>($"select null::int", Token));
        Assert.Null(await database.ExecuteScalarAsync<string>($"select 'x' where false", Token));
        Assert.Equal(0, await database.ExecuteScalarAsync<int>($"select null::int", Token));
        Assert.Equal([1, null], await database.QueryAsync<int?>($"select * from (values (1), (null)) as t(n)", Token));
        Assert.Equal(["a"], await database.QueryAsync<string>($"select 'a'", Token));
        Assert.Equal((1, "a"), (await database.QueryAsync<(int, string)>($"select 1, 'a'", Token))[0]);
    }

    [Fact]
    public async Task Finds_one_row_or_none_and_refuses_two()
    {
        await using var database = Databases.Neon(servers.Servers.Neon.ConnectionString);

        Assert.Equal(7, (await database.QuerySingleOrDefaultAsync<Profile>($"select 7 as user_id", Token))?.UserId);
        Assert.Null(await database.QuerySingleOrDefaultAsync<Profile>($"select 7 as user_id where false", Token));
        await Assert.ThrowsAsync<InvalidOperationException>(() => database.QuerySingleOrDefaultAsync<int>($"select generate_series(1, 2)", Token));
    }

    [Fact]
    public async Task Streams_rows_and_gives_the_connection_back()
    {
        await using var database = Databases.Neon(servers.Servers.Neon.ConnectionString, options => options.MaxPoolSize = 1);
        var sum = 0L;
        await foreach (var number in database.StreamAsync<int>($"select generate_series(1, {1000})", Token))
        {
            sum += number;
            if (number == 100)
            {
                break;
            }
        }

        Assert.Equal(5050, sum);
        var error = await Assert.ThrowsAsync<SchemaMismatchException>(async () =>
        {
            await foreach (var number in database.StreamAsync<int>($"select nothing", Token))
            {
                sum += number;
            }
        });
        Assert.Equal("nothing", error.Column);
        await database.PingAsync(Token);
    }

    [Fact]
    public async Task Explains_rows_that_do_not_fit()
    {
        await using var database = Databases.Neon(servers.Servers.Neon.ConnectionString);

        var scalar = await Assert.ThrowsAsync<RowMappingException>(() => database.ExecuteScalarAsync<Guid>($"select 'secret-value'", Token));
        var row = await Assert.ThrowsAsync<RowMappingException>(() => database.QueryAsync<Profile>($"select 'secret-value' as user_id", Token));
        var missing = await Assert.ThrowsAsync<RowMappingException>(() => database.QueryAsync<int>($"select null::int", Token));

        Assert.All([scalar, row, missing], exception => Assert.Equal(Database.Neon, exception.Database));
        Assert.All([scalar, row, missing], exception => Assert.DoesNotContain("secret-value", exception.Message, StringComparison.Ordinal));
        Assert.Equal("user_id", row.Column);
        await database.PingAsync(Token);
    }

    [Fact]
    public async Task Joins_a_transaction()
    {
        await using var database = Databases.Neon(servers.Servers.Neon.ConnectionString);
        var table = await database.CreateTableAsync("id int");
        await using (var transaction = await database.BeginAsync(Token))
        {
            await transaction.ExecuteAsync($"insert into {table} select generate_series(1, 3)", Token);
            Assert.Equal([1, 2, 3], await transaction.QueryAsync<int>($"select id from {table} order by id", Token));
            Assert.Equal(2, await transaction.QuerySingleOrDefaultAsync<int>($"select id from {table} where id = {2}", Token));
            var streamed = new List<int>();
            await foreach (var id in transaction.StreamAsync<int>($"select id from {table} order by id desc", Token))
            {
                streamed.Add(id);
            }

            Assert.Equal([3, 2, 1], streamed);
        }

        Assert.Equal(0, await database.CountAsync(table));
    }

    [Fact]
    public async Task Refuses_a_bad_value_before_it_asks_for_a_connection()
    {
        await using var database = Databases.Neon("Host=127.0.0.1;Port=1;Username=u;Password=p");

        await Assert.ThrowsAsync<ArgumentException>(() => database.ExecuteAsync($"select {"a\0b"}", Token));
    }

    [Fact]
    public async Task Explains_a_value_that_Npgsql_cannot_send()
    {
        await using var database = Databases.Neon(servers.Servers.Neon.ConnectionString);

        var exception = await Assert.ThrowsAsync<DatabaseErrorException>(() => database.ExecuteAsync($"select {new Profile()}", Token));

        Assert.StartsWith("ExecuteAsync in Neon: a value cannot be sent", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keeps_the_connection_usable_after_a_cancellation()
    {
        await using var database = Databases.Neon(servers.Servers.Neon.ConnectionString, options => options.MaxPoolSize = 1);
        using var cancellation = new CancellationTokenSource();
        var sleeping = database.ExecuteAsync($"select pg_sleep(60)", cancellation.Token);
        await using var watcher = Databases.Neon(servers.Servers.Neon.ConnectionString);
        await Eventually.HoldsAsync(async () => await watcher.ExecuteScalarAsync<long>(
            $"select count(*) from pg_stat_activity where query = 'select pg_sleep(60)' and state = 'active'", Token) > 0, Deadline, "the statement does not run");

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sleeping);
        await database.PingAsync(Token);
    }
}
