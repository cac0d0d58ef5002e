using DualDb.Migrations.Model;

namespace DualDb.Migrations.Tests.Model;

public sealed class ScaffoldTests : IDisposable
{
    private static readonly TableModel Orders = new()
    {
        Database = Database.Neon,
        Schema = "public",
        Name = "orders",
        PrimaryKey = ["id"],
        Columns = [new ColumnModel { Name = "id", Type = "bigint" }, new ColumnModel { Name = "note", Type = "text" }, new ColumnModel { Name = "total", Type = "integer", IsNullable = true }],
        Indexes = [new IndexModel("orders_note_idx", ["note"])],
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("dualdb-scaffold-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("")]
    [InlineData("Add")]
    [InlineData("add totals")]
    [InlineData("../add")]
    [InlineData("1_add")]
    [InlineData("drop table x; --")]
    public async Task What_is_no_name_is_refused_and_nothing_written(string name)
    {
        Assert.Contains("is no name for a migration", (await Assert.ThrowsAsync<ScaffoldException>(() => AddAsync(name, Model(Orders)))).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    [Fact]
    public async Task Dropped_column_takes_null_first_and_goes_in_the_phase_contract()
    {
        await AddAsync("first", Model(Orders));

        var added = await AddAsync("second", Model(Orders with { Columns = [.. Orders.Columns.Where(static column => column.Name != "note")], Indexes = [] }));

        Assert.Equal([MigrationPhase.Expand, MigrationPhase.Contract], added.Files.Select(static file => file.Phase));
        Assert.Contains("alter table public.orders alter column note drop not null;", added.Files[0].Text, StringComparison.Ordinal);
        Assert.Contains("-- phase: contract", added.Files[1].Text, StringComparison.Ordinal);
        Assert.Contains("drop index concurrently if exists public.orders_note_idx;\n\nalter table public.orders drop column note;", added.Files[1].Text, StringComparison.Ordinal);
        Assert.Contains($"-- requires: {added.Files[0].Id}", added.Files[1].Text, StringComparison.Ordinal);
        Assert.DoesNotContain("-- down:", added.Files[1].Text, StringComparison.Ordinal);
        Assert.Empty(added.Findings);
        Assert.Contains(added.Changes, static change => change is { IsDestructive: true, Description: "drops the column public.orders.note" });
    }

    [Fact]
    public async Task What_may_be_a_rename_is_dropped_and_added_and_a_hint_says_so()
    {
        await AddAsync("first", Model(Orders));

        var added = await AddAsync("second", Model(WithNote("remark")));

        Assert.Contains(added.Changes, static change => change.Description == "drops the column public.orders.note");
        Assert.Contains(added.Hints, static hint => hint.Contains("[RenamedFrom(\"note\")]", StringComparison.Ordinal));
    }

    /// <summary>Where writers cannot be stopped for a moment: both tables for a time, with a map between them, and then the new one alone.</summary>
    [Fact]
    public async Task Table_that_is_in_both_databases_for_a_time_is_created_and_later_dropped()
    {
        await AddAsync("first", Model(Orders));
        var moved = Orders with { Database = Database.Supabase };
        var beside = await AddAsync("second", Synced(Orders, moved));
        Assert.Contains("create table public.orders", Assert.Single(beside.Files, static file => file.Id.Database == Database.Supabase).Text, StringComparison.Ordinal);
        Assert.Contains("dualdb.log_table('public', 'orders', array['id'])", Assert.Single(beside.Files, static file => file.Id.Database == Database.Neon).Text, StringComparison.Ordinal);
        var left = await AddAsync("third", Model(moved));
        Assert.Equal(MigrationPhase.Contract, left.Files[^1].Phase);
        Assert.Contains("drop table public.orders;", left.Files[^1].Text, StringComparison.Ordinal);
        Assert.All(left.Files, static file => Assert.Equal(Database.Neon, file.Id.Database));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Rename_is_asked_for_by_attribute_or_option(bool byAttribute)
    {
        await AddAsync("first", Model(Orders));
        var options = new ScaffoldOptions();
        if (!byAttribute)
        {
            options.Renames.Add("neon/public.orders.remark", "note");
        }

        var added = await AddAsync("second", Model(WithNote("remark", byAttribute ? "note" : null)), options);

        var file = Assert.Single(added.Files);
        Assert.Contains("alter table public.orders rename column note to remark;", file.Text, StringComparison.Ordinal);
        Assert.Contains("-- down:\n", file.Text, StringComparison.Ordinal);
        Assert.Equal(["DDM002"], added.Findings.Select(static finding => finding.Rule));
        Assert.True((await AddAsync("third", Model(WithNote("remark", "note")))).IsEmpty);
    }

    [Fact]
    public async Task Renamed_table_keeps_its_parts_and_its_triggers()
    {
        await AddAsync("first", Model(Orders));

        var file = Assert.Single((await AddAsync("second", Model(Orders with { Name = "sales", RenamedFrom = "orders", Indexes = [new IndexModel("sales_note_idx", ["note"])] }))).Files);

        Assert.Contains("alter table public.orders rename to sales;", file.Text, StringComparison.Ordinal);
        Assert.Contains("alter index if exists public.orders_pkey rename to sales_pkey;", file.Text, StringComparison.Ordinal);
        Assert.Contains("alter index public.orders_note_idx rename to sales_note_idx;", file.Text, StringComparison.Ordinal);
        Assert.Contains("perform dualdb.log_table('public', 'sales', array['id']);", file.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("drop table", file.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rename_of_what_the_model_does_not_know_is_refused()
    {
        var options = new ScaffoldOptions { Renames = { ["neon/public.nothing"] = "orders" } };

        Assert.Contains("neon/public.nothing", (await Assert.ThrowsAsync<ScaffoldException>(() => AddAsync("first", Model(Orders), options))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Change_of_a_type_is_divided_and_one_that_widens_is_not()
    {
        await AddAsync("first", Model(Orders));

        var widened = await AddAsync("second", Model(WithTotal("bigint") with { Columns = [.. Orders.Columns.Take(1), new ColumnModel { Name = "note", Type = "varchar" }, Orders.Columns[2]] }));
        var replaced = await AddAsync("third", Model(WithTotal("numeric(12,2)") with { Columns = [.. Orders.Columns.Take(1), new ColumnModel { Name = "note", Type = "varchar" }, WithTotal("numeric(12,2)").Columns[2]] }));

        Assert.Contains("alter column note type varchar;", Assert.Single(widened.Files).Text, StringComparison.Ordinal);
        Assert.Empty(widened.Findings);
        Assert.Equal([MigrationPhase.Expand, MigrationPhase.Backfill, MigrationPhase.Switch, MigrationPhase.Contract], replaced.Files.Select(static file => file.Phase));
        Assert.Contains("add column total_new numeric(12,2)", replaced.Files[0].Text, StringComparison.Ordinal);
        Assert.Contains("drop column total_old", replaced.Files[3].Text, StringComparison.Ordinal);
        Assert.Empty(replaced.Findings);
    }

    [Fact]
    public async Task Table_in_Supabase_is_closed_until_a_policy_opens_it()
    {
        var file = Assert.Single((await AddAsync("first", Model(Orders with { Database = Database.Supabase }))).Files);

        Assert.Contains("alter table public.orders enable row level security;", file.Text, StringComparison.Ordinal);
        Assert.Contains("--   create policy orders_own on public.orders to authenticated", file.Text, StringComparison.Ordinal);
        Assert.StartsWith("supabase/", file.Id.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Copy_gets_a_column_before_its_source_and_loses_it_after()
    {
        var copy = Orders with { Database = Database.Supabase, IsCopy = true, Indexes = [] };
        await AddAsync("first", Synced(Orders, copy));
        ColumnModel[] wider = [.. Orders.Columns, new ColumnModel { Name = "city", Type = "text", IsNullable = true }];

        var added = await AddAsync("second", Synced(Orders with { Columns = wider }, copy with { Columns = wider }));
        var dropped = await AddAsync("third", Synced(Orders, copy));

        Assert.Equal([Database.Supabase, Database.Neon], added.Files.Select(static file => file.Id.Database));
        Assert.Contains($", {added.Files[0].Id}\n", added.Files[1].Text, StringComparison.Ordinal);
        Assert.Equal([Database.Neon, Database.Supabase], dropped.Files.Select(static file => file.Id.Database));
        Assert.Contains("dualdb.log_table('public', 'orders', array['id'])", File.ReadAllText(Directory.EnumerateFiles(Path.Combine(_folder, "neon"), "*_first.sql").Single()), StringComparison.Ordinal);
        Assert.Equal(6, DualDbMigrations.FromFolder(_folder).Ids.Count);
    }

    [Fact]
    public async Task Files_come_after_those_that_are_there_whatever_the_clock_says()
    {
        Write("neon/20990101T1200_later.sql", "select 1;");
        Write("neon/R__totals.sql", "create or replace view totals as select 1 as total;");
        Write("neon/seeds/shelves.sql", "select 1;");

        var file = Assert.Single((await AddAsync("first", Model(Orders), new ScaffoldOptions { StartsFromNothing = true })).Files);

        Assert.Equal("neon/20990101T120001_first", file.Id.ToString());
        Assert.Equal(["neon/20990101T1200_later", "neon/20990101T120001_first", "neon/R__totals"], DualDbMigrations.FromFolder(_folder).Ids.Select(id => id.ToString()));
    }

    [Fact]
    public async Task Migrations_without_a_snapshot_are_not_taken_for_nothing()
    {
        Write("neon/20260101T1200_orders.sql", "create table orders (id bigint primary key);");

        var refused = await Assert.ThrowsAsync<ScaffoldException>(() => AddAsync("first", Model(Orders)));

        Assert.Contains("holds migrations and no model.snapshot.json", refused.Message, StringComparison.Ordinal);
        Assert.Single(Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Snapshot_whose_files_are_gone_and_one_of_a_merge_are_refused()
    {
        var first = Assert.Single((await AddAsync("first", Model(Orders))).Files);
        var snapshot = Path.Combine(_folder, "model.snapshot.json");
        var text = File.ReadAllText(snapshot);
        File.Move(first.Path, first.Path + ".away");
        Assert.Contains($"was written with {first.Id}, which is not there", (await Assert.ThrowsAsync<ScaffoldException>(() => AddAsync("second", Model(WithNote("remark"))))).Message, StringComparison.Ordinal);

        File.Move(first.Path + ".away", first.Path);
        File.WriteAllText(snapshot, $"<<<<<<< ours\n{text}=======\n{text}>>>>>>> theirs\n");
        Assert.Contains("marks of a merge", (await Assert.ThrowsAsync<SchemaModelException>(() => AddAsync("second", Model(WithNote("remark"))))).Message, StringComparison.Ordinal);

        File.WriteAllText(snapshot, text);
        Assert.False((await AddAsync("second", Model(WithNote("remark")))).IsEmpty);
    }

    [Fact]
    public async Task What_cannot_be_written_leaves_the_folder_as_it_was()
    {
        await AddAsync("first", Model(Orders));
        var before = Contents();
        File.WriteAllText(Path.Combine(_folder, "supabase"), "in the way of the folder");

        var refused = await Assert.ThrowsAsync<ScaffoldException>(() => AddAsync("second", Model(WithNote("remark"), Orders with { Database = Database.Supabase })));

        Assert.Contains("Nothing was left there", refused.Message, StringComparison.Ordinal);
        File.Delete(Path.Combine(_folder, "supabase"));
        Assert.Equal(before, Contents());
    }

    [Fact]
    public async Task Cancelled_call_leaves_the_folder_as_it_was()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => MigrationScaffold.AddAsync("first", Model(Orders), _folder, options: null, cancelled.Token));

        Assert.Empty(Contents());
    }

    private static SchemaModel Model(params TableModel[] tables) => new() { Tables = tables };

    private static SchemaModel Synced(TableModel source, TableModel target) => new()
    {
        Tables = [source, target],
        Maps =
        [
            new MapModel
            {
                Name = "orders",
                Source = new MappedTable(source.Database, source.Schema, source.Name),
                Target = new MappedTable(target.Database, target.Schema, target.Name),
                Columns = [.. source.Columns.Select(static column => new MappedColumnModel(column.Name, column.Name))],
            },
        ],
    };

    [Fact]
    public async Task Names_that_move_on_are_followed_and_those_that_are_swapped_or_taken_are_refused()
    {
        TableModel With(params (string Name, string? From)[] columns) => Orders with
        {
            Columns = [Orders.Columns[0], .. columns.Select(static one => new ColumnModel { Name = one.Name, Type = "text", IsNullable = true, RenamedFrom = one.From })], Indexes = [], Checks = [],
        };
        await AddAsync("first", Model(With(("a", null), ("b", null))));

        var swapped = await Assert.ThrowsAsync<ScaffoldException>(() => AddAsync("swapped", Model(With(("a", "b"), ("b", "a")))));
        Assert.Contains("renamed from each other: public.orders.a in Neon, public.orders.b in Neon", swapped.Message, StringComparison.Ordinal);
        var taken = await Assert.ThrowsAsync<ScaffoldException>(() => AddAsync("taken", Model(With(("b", "a")))));
        Assert.Contains("public.orders.b in Neon, from a", taken.Message, StringComparison.Ordinal);

        var moved = Assert.Single((await AddAsync("moved", Model(With(("b", "a"), ("c", "b"))))).Files).Text.Replace("\"", "", StringComparison.Ordinal);
        Assert.True(moved.IndexOf("rename column b to c", StringComparison.Ordinal) is var first and >= 0 && moved.IndexOf("rename column a to b", StringComparison.Ordinal) > first, moved);
        Assert.DoesNotContain("drop column", moved.Split("-- down:")[0], StringComparison.Ordinal);
        Assert.Empty((await AddAsync("again", Model(With(("b", "a"), ("c", "b"))))).Files);
    }

    private static TableModel WithNote(string name, string? before = null) => Orders with
    {
        Columns = [Orders.Columns[0], new ColumnModel { Name = name, Type = "text", RenamedFrom = before }, Orders.Columns[2]],
        Indexes = [new IndexModel("orders_note_idx", [name])],
    };

    private static TableModel WithTotal(string type) => Orders with { Columns = [Orders.Columns[0], Orders.Columns[1], Orders.Columns[2] with { Type = type }] };

    private Task<ScaffoldResult> AddAsync(string name, SchemaModel model, ScaffoldOptions? options = null) => MigrationScaffold.AddAsync(name, model, _folder, options, TestContext.Current.CancellationToken);

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_folder, path))!);
        File.WriteAllText(Path.Combine(_folder, path), text);
    }

    private IReadOnlyList<string> Contents() => [.. Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(static path => path + "\n" + File.ReadAllText(path))];
}
