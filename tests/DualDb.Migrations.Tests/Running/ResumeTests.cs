using DualDb.Migrations.Tests.Places;

namespace DualDb.Migrations.Tests.Running;

public sealed class ResumeTests(MigrationServers servers)
{
    private const string Orders = "neon/20260101T1200_orders";
    private const string Index = "neon/20260101T1300_index";

    [Fact]
    public async Task A_run_has_broken_off_when_nobody_holds_its_lock_any_more()
    {
        const string Profiles = "supabase/20260101T1300_profiles";
        await using var place = await MigrationPlace.CreateAsync(servers);
        place.Write(Orders, "create table orders (n int);");
        place.Write(Profiles, $"-- requires: {Orders}\n\ncreate table profiles (n int); select 1;");
        var begun = 0;
        await Assert.ThrowsAsync<CrashException>(() => place.Runner(options => options.Probe = point =>
        {
            // Who is killed gives nothing back either.
            if (begun == 2 || (point is "statement done, not committed" && ++begun == 2))
            {
                throw new CrashException(point);
            }
        }).MigrateAsync());

        // The lease of who is gone has not ended yet: he may be in the middle of a long statement.
        var held = await place.Runner().StatusAsync();
        Assert.True(held.UnfinishedRun!.IsUnderWay);
        Assert.Empty(held.HalfApplied);
        await place.EndLeasesAsync();
        var gone = await place.Runner().StatusAsync();
        Assert.False(gone.UnfinishedRun!.IsUnderWay);
        Assert.Equal([MigrationId.Parse(Profiles)], gone.HalfApplied);
    }

    [Theory]
    [InlineData("create unique index concurrently orders_n on orders (n);")]
    [InlineData("create unique index concurrently if not exists orders_n on public.orders (n);")]
    public async Task Index_that_was_left_invalid_is_built_anew(string sql)
    {
        await using var place = await MigrationPlace.CreateAsync(servers);
        place.Write(Orders, "create table orders (n int); insert into orders values (1), (1);");
        place.Write(Index, sql);

        var failed = await Assert.ThrowsAsync<MigrationFailedException>(() => place.Runner().MigrateAsync());

        Assert.Equal("23505", failed.SqlState);
        Assert.False(await place.AskNeonAsync<bool>("select indisvalid from pg_index where indexrelid = 'orders_n'::regclass"));
        await place.AskNeonAsync<object?>("delete from orders where ctid = (select min(ctid) from orders)");
        Assert.Single((await place.Runner().MigrateAsync()).Applied);
        Assert.True(await place.AskNeonAsync<bool>("select indisvalid from pg_index where indexrelid = 'orders_n'::regclass"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Statement_that_an_abandoned_process_still_runs_is_waited_for(bool isUndone)
    {
        await using var place = await MigrationPlace.CreateAsync(servers);
        place.Write(Orders, "create table orders (n int);");
        await place.Runner().MigrateAsync();
        place.Write(Index, "create index concurrently orders_n on orders (n);\n-- down:\ndrop index concurrently if exists orders_n;");
        await using var blocker = new Npgsql.NpgsqlConnection(place.Neon);
        await blocker.OpenAsync();
        var open = await blocker.BeginTransactionAsync();
        await using (var hold = new Npgsql.NpgsqlCommand("insert into orders values (1)", blocker, open))
        {
            await hold.ExecuteNonQueryAsync();
        }

        // A migrator that is gone has begun the index, and its server process waits for the open transaction.
        await using var abandoned = new Npgsql.NpgsqlConnection(place.Neon);
        await abandoned.OpenAsync();
        var building = new Npgsql.NpgsqlCommand("create index concurrently orders_n on orders (n)", abandoned).ExecuteNonQueryAsync();
        await Eventually.HoldsAsync(() => place.AskNeonAsync<bool>("select to_regclass('orders_n') is not null"), "the index is begun");
        await place.AskNeonAsync<object?>($"""
            insert into dualdb.migrations (name, checksum, phase, state, statements, done, attempt, attempt_pid, attempt_backend_start, actor, tool_version, run_id)
            select '20260101T1300_index', '{DualDb.Migrations.Files.StatementHash.Of([])}', 0, 'applying', 1, 0, 0, pid, backend_start, 'ada', '0', gen_random_uuid() from pg_stat_activity where pid = {abandoned.ProcessID}
            """);

        var runner = place.Runner();
        var running = isUndone ? UndoAsync(runner) : ApplyAsync(runner);
        await Eventually.HoldsAsync(() => place.AskNeonAsync<bool>("select count(*) = 1 from pg_stat_activity where application_name = 'DualDb migrations' and query like '%pg_stat_activity%pid <> pg_backend_pid()%' and datname = current_database()"), "it waits");
        Assert.False(running.IsCompleted);
        await open.RollbackAsync();
        await building;

        Assert.Equal(Index, Assert.Single(await running).ToString());
        Assert.Equal(isUndone ? 0 : 1, await place.AskNeonAsync<long>("select count(*) filter (where indisvalid) from pg_index where indrelid = 'orders'::regclass"));

        static async Task<IReadOnlyList<MigrationId>> ApplyAsync(MigrationRunner runner) => (await runner.MigrateAsync()).Applied;

        static async Task<IReadOnlyList<MigrationId>> UndoAsync(MigrationRunner runner) => (await runner.DownAsync(await runner.PlanDownAsync(1))).Undone;
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 2)]
    public async Task Statement_that_nobody_can_tell_of_is_asked_for(bool wasDone, long calls)
    {
        await using var place = await MigrationPlace.CreateAsync(servers);
        place.Write(Orders, "create table ledger (n int); create procedure p() language plpgsql as $$ begin insert into ledger values (1); commit; end $$;");
        place.Write(Index, "-- transaction: none\ncall p();\ncreate table next ();");
        var probe = new ProbeAt("statement done, not recorded");
        await Assert.ThrowsAnyAsync<Exception>(() => place.Runner(options => options.Probe = probe.Reach).MigrateAsync());
        await place.EndLeasesAsync();

        var doubt = await Assert.ThrowsAsync<MigrationInDoubtException>(() => place.Runner().MigrateAsync());

        Assert.Equal((Index, 1), (doubt.Id.ToString(), doubt.Statement));
        Assert.Contains("neon/20260101T1300_index.sql(2)", doubt.Message, StringComparison.Ordinal);
        await place.Runner().ResolveAsync(doubt.Id, wasDone);
        Assert.Equal([Index], (await place.Runner().MigrateAsync()).Applied.Select(id => id.ToString()));
        Assert.Equal(calls, await place.AskNeonAsync<long>("select count(*) from ledger"));
        await Assert.ThrowsAnyAsync<InvalidOperationException>(() => place.Runner().ResolveAsync(doubt.Id, wasDone));
    }

    [Fact]
    public async Task Statement_in_doubt_that_was_taken_out_of_the_file_is_not_said_to_be_done()
    {
        await using var place = await MigrationPlace.CreateAsync(servers);
        place.Write(Orders, "create table ledger (n int); create procedure p() language plpgsql as $$ begin insert into ledger values (1); commit; end $$;");
        place.Write(Index, "-- transaction: none\ncreate table next ();\ncall p();");
        var probe = new ProbeAt("statement done, not recorded");
        await Assert.ThrowsAnyAsync<Exception>(() => place.Runner(options => options.Probe = probe.Reach).MigrateAsync());
        await place.EndLeasesAsync();
        place.Write(Index, "-- transaction: none\ncreate table next ();");

        await Assert.ThrowsAnyAsync<InvalidOperationException>(() => place.Runner().ResolveAsync(MigrationId.Parse(Index), wasDone: true));

        Assert.Equal([Index], (await place.Runner().MigrateAsync()).Applied.Select(id => id.ToString()));
    }

    [Fact]
    public async Task Statement_that_the_server_refused_is_in_no_doubt()
    {
        await using var place = await MigrationPlace.CreateAsync(servers);
        place.Write(Orders, "create procedure p() language plpgsql as $$ begin raise exception 'not yet'; end $$;");
        place.Write(Index, "-- transaction: none\ncall p();");
        await Assert.ThrowsAsync<MigrationFailedException>(() => place.Runner().MigrateAsync());
        await place.AskNeonAsync<object?>("create or replace procedure p() language plpgsql as $$ begin end $$");

        Assert.Single((await place.Runner().MigrateAsync()).Applied);
    }

    [Fact]
    public async Task Statements_behind_the_one_that_failed_may_be_put_right_and_those_before_may_not()
    {
        await using var place = await MigrationPlace.CreateAsync(servers);
        place.Write(Orders, "-- transaction: none\ncreate table a ();\ncreate table b ();\nselect nothing;");
        await Assert.ThrowsAsync<MigrationFailedException>(() => place.Runner().MigrateAsync());

        place.Write(Orders, "-- transaction: none\ncreate table a2 ();\ncreate table b ();\nselect 1;");
        var changed = await Assert.ThrowsAsync<MigrationHistoryException>(() => place.Runner().MigrateAsync());
        Assert.Equal(MigrationDisagreement.Changed, changed.Disagreement);

        place.Write(Orders, "create table a ();\ncreate table b ();\ncreate table c ();\ncreate table d ();");
        await place.Runner().MigrateAsync();
        Assert.Equal("applied 4 4", await place.AskNeonAsync<string>("select concat_ws(' ', state, done, statements) from dualdb.migrations"));
    }

    [Fact]
    public async Task File_whose_last_statement_failed_and_was_taken_out_is_applied()
    {
        await using var place = await MigrationPlace.CreateAsync(servers);
        place.Write(Orders, "-- transaction: none\ncreate table a ();\nselect nothing;");
        await Assert.ThrowsAsync<MigrationFailedException>(() => place.Runner().MigrateAsync());
        place.Write(Orders, "-- transaction: none\ncreate table a ();");

        Assert.Equal([Orders], (await place.Runner().MigrateAsync()).Applied.Select(id => id.ToString()));

        Assert.Equal("applied 1 1", await place.AskNeonAsync<string>("select concat_ws(' ', state, done, statements) || case when error is not null or finished_at is null then '!' else '' end from dualdb.migrations"));
        Assert.True((await place.Runner().PlanAsync()).IsEmpty);
    }

    [Fact]
    public async Task Way_down_whose_last_statement_failed_and_was_taken_out_is_finished()
    {
        await using var place = await MigrationPlace.CreateAsync(servers);
        const string Up = "-- transaction: none\ncreate table a ();\n-- down:\ndrop table a;\n";
        place.Write(Orders, Up + "select nothing;");
        await place.Runner().MigrateAsync();
        await Assert.ThrowsAsync<MigrationFailedException>(async () => await place.Runner().DownAsync(await place.Runner().PlanDownAsync(1)));
        place.Write(Orders, Up);

        await place.Runner().DownAsync(await place.Runner().PlanDownAsync(1));

        Assert.Equal("reverted", await place.AskNeonAsync<string>("select state from dualdb.migrations"));
        Assert.Equal([Orders], (await place.Runner().MigrateAsync()).Applied.Select(id => id.ToString()));
    }

    [Fact]
    public async Task Backfill_goes_on_behind_its_last_batch()
    {
        await using var place = await MigrationPlace.CreateAsync(servers);
        place.Write(Orders, "create table ledger (cursor text);");
        var fill = new Count { FailsAt = "3" };

        var failed = await Assert.ThrowsAsync<MigrationFailedException>(() => place.Runner(null, fill).MigrateAsync());

        Assert.Contains("Count: neon/20260101T1400_count failed in Neon at cursor '3': Full.", failed.Message, StringComparison.Ordinal);
        fill.FailsAt = null;
        await place.Runner(null, fill).MigrateAsync();
        Assert.Equal(" 1 2 3 4", await place.AskNeonAsync<string>("select string_agg(cursor, ' ' order by cursor) from ledger"));
        Assert.Equal("applied 5", await place.AskNeonAsync<string>("select concat_ws(' ', state, done) from dualdb.migrations where name like '%count'"));
    }

    [Theory]
    [InlineData("55P03", false)]
    [InlineData("40P01", true)]
    [InlineData("40001", true)]
    public async Task Code_that_others_locks_kept_from_running_is_tried_again(string state, bool isWrapped)
    {
        await using var place = await MigrationPlace.CreateAsync(servers);
        place.Write(Orders, "create table ledger (cursor text); create function refuse(state text) returns void language plpgsql as $$ begin raise exception using errcode = state, message = 'locked'; end $$;");
        var locked = new Locked(state, isWrapped);

        await place.Runner(options => options.LockAttempts = 3, locked).MigrateAsync();

        Assert.Equal(3, locked.Attempts);
        Assert.Equal(1, await place.AskNeonAsync<long>("select count(*) from ledger"));
        locked = new Locked(state, isWrapped);
        await place.EmptyAsync();
        Assert.Equal(state, (await Assert.ThrowsAsync<MigrationFailedException>(() => place.Runner(options => options.LockAttempts = 2, locked).MigrateAsync())).SqlState);
    }

    /// <summary>Is refused as others' locks refuse it, twice.</summary>
    private sealed class Locked(string state, bool isWrapped) : IDataMigration
    {
        public int Attempts { get; private set; }

        public string Id => "neon/20260101T1400_locked";

        public async Task<string?> RunBatchAsync(MigrationBatch batch, CancellationToken cancellationToken)
        {
            await batch.Transaction.ExecuteAsync($"insert into ledger values ('')", cancellationToken);
            try
            {
                if (++Attempts < 3)
                {
                    await batch.Transaction.ExecuteAsync($"select refuse({state})", cancellationToken);
                }
            }
            catch (DualDbException refused) when (isWrapped)
            {
                throw new InvalidOperationException("The rows could not be filled.", refused);
            }

            return null;
        }
    }

    private sealed class Count : IDataMigration
    {
        public string? FailsAt { get; set; }

        public string Id => "neon/20260101T1400_count";

        public async Task<string?> RunBatchAsync(MigrationBatch batch, CancellationToken cancellationToken)
        {
            var cursor = batch.Cursor ?? "";
            await batch.Transaction.ExecuteAsync($"insert into ledger values ({cursor})", cancellationToken);
            Assert.Throws<InvalidOperationException>(() => batch.Supabase);
            return cursor == FailsAt ? throw new InvalidOperationException("Full.") : cursor switch { "" => "1", "4" => null, _ => ((char)(cursor[0] + 1)).ToString() };
        }
    }

    private sealed class ProbeAt(string point)
    {
        private bool _crashed;

        public void Reach(string reached)
        {
            if (_crashed |= string.Equals(reached, point, StringComparison.Ordinal))
            {
                throw new CrashException(point);
            }
        }
    }
}
