using System.Reflection;
using DualDb.Migrations.Files;
using DualDb.Migrations.Linting;
using DualDb.Migrations.Model;

namespace DualDb.Migrations.Tests.Linting;

public sealed class LintTests
{
    [Theory]
    [InlineData("drop table orders", "DDM001")]
    [InlineData("alter table orders drop column a, drop b", "DDM001")]
    [InlineData("alter table only s.orders drop column if exists a", "DDM001")]
    [InlineData("alter table orders rename column a to b", "DDM002")]
    [InlineData("alter table orders rename to sales", "DDM002")]
    [InlineData("alter table orders alter column a type bigint", "DDM003")]
    [InlineData("alter table orders alter a set data type bigint using a::bigint", "DDM003")]
    [InlineData("alter table orders add column a int not null", "DDM004")]
    [InlineData("alter table orders add column b int default 1, add a int not null", "DDM004")]
    [InlineData("create index i on orders (a)", "DDM005")]
    [InlineData("create unique index if not exists i on only orders (a)", "DDM005")]
    [InlineData("alter table orders add constraint f foreign key (a) references t (id)", "DDM006")]
    [InlineData("alter table orders add check (a > 0)", "DDM006")]
    [InlineData("alter table orders add constraint c check (valid and not valid)", "DDM006")]
    [InlineData("alter table orders add constraint valid foreign key (valid) references t (valid)", "DDM006")]
    [InlineData("alter table orders add column a int default 1 references t (id), add b int default (2) references t on delete cascade", "DDM006")]
    [InlineData("alter table orders add a int references t (id) on delete set default default 1", "DDM006")]
    [InlineData("alter table orders add a int not null references t (id) on update set default", "DDM004")]
    [InlineData("alter type mood add value 'b'; select 1", "DDM007")]
    [InlineData("alter table orders alter a set not null", "DDM008")]
    [InlineData("alter table orders alter a type bigint, drop b", "DDM003 DDM001")]
    [InlineData("update only orders set a = 1 where a is null", "DDM012")]
    [InlineData("drop schema if exists reports cascade", "DDM001")]
    [InlineData("drop owned by old_app", "DDM001")]
    [InlineData("drop database reports", "DDM001")]
    [InlineData("create table a (); drop table a, orders", "DDM001")]
    [InlineData("drop type mood cascade", "DDM001")]
    [InlineData("alter type address drop attribute zip", "DDM001")]
    [InlineData("drop foreign table if exists orders", "DDM001")]
    [InlineData("truncate orders", "DDM014")]
    [InlineData("create table a (); truncate table only a, s.orders restart identity", "DDM014")]
    [InlineData("delete from only s.orders as o using gone", "DDM014")]
    [InlineData("delete from orders where true", "DDM014")]
    [InlineData("delete from orders using (select id from gone where id > 1) g", "DDM014")]
    [InlineData("with gone as (delete from orders returning *) insert into archive select * from gone", "DDM014")]
    [InlineData("with gone as (select 1) delete from orders", "DDM014")]
    [InlineData("create table if not exists a (); delete from a", "DDM014")]
    [InlineData("update orders set a = (select 1 from t where b)", "DDM012")]
    [InlineData("with n as (update orders set a = 1 returning *) select * from n", "DDM012")]
    [InlineData("do $$ begin if exists (select 1 from t where a) then truncate orders; end if; end $$", "DDM014")]
    [InlineData("do $$ begin drop table orders; end $$", "DDM001")]
    [InlineData("do 'begin execute ''drop schema s cascade''; end'", "DDM001")]
    [InlineData("do $x$ begin execute format($q$delete from %I$q$, 'orders'); end $x$", "DDM014")]
    [InlineData("alter table orders add constraint u unique (a)", "DDM005")]
    [InlineData("alter table orders add primary key (a), add exclude using gist (b with =)", "DDM005")]
    [InlineData("alter table orders add column a text unique", "DDM005")]
    [InlineData("alter table orders add column a uuid not null default gen_random_uuid()", "DDM015")]
    [InlineData("alter table orders add a bigserial, add b int generated always as (c * 2) stored", "DDM015")]
    [InlineData("alter table orders add c bigint not null generated always as identity", "DDM015")]
    [InlineData("alter table orders set schema archive", "DDM002")]
    [InlineData("alter type mood rename value 'a' to 'b'", "DDM002")]
    [InlineData("drop index if exists s.i", "DDM016")]
    [InlineData("create table a (b int); create index i on a (b); drop index i, j", "DDM016")]
    [InlineData("-- phase: contract\ndrop index i", "DDM016")]
    [InlineData("reindex index i", "DDM016")]
    [InlineData("reindex (verbose) table orders", "DDM016")]
    [InlineData("reindex schema public", "DDM016")]
    [InlineData("refresh materialized view v with data", "DDM016")]
    public void What_disturbs_is_found(string sql, string rules) => Assert.Equal(rules, Found(sql));

    [Theory]
    [InlineData("create table orders (a int not null check (a > 0)); create index i on orders (a); alter table orders add b int not null; drop table orders")]
    [InlineData("-- phase: contract\ndrop table orders; alter table orders drop column a")]
    [InlineData("alter table orders drop constraint c; alter table orders alter a drop not null; alter table orders alter a drop default; alter table orders rename constraint a to b")]
    [InlineData("alter table orders add a int not null default 1; alter table orders add b int; alter table orders add c timestamptz not null default now()")]
    [InlineData("alter table orders add a int check (b is not null); alter table orders add c uuid default '00000000-0000-0000-0000-000000000000', add d int default 1")]
    [InlineData("create index concurrently i on orders (a)")]
    [InlineData("-- batch: 500\nupdate orders set a = 1 where a is null")]
    [InlineData("create table orders (a int); update orders set a = 1")]
    [InlineData("alter table orders add constraint c check (not valid) not valid; alter table orders add a int references t (id), add b int default 1")]
    [InlineData("alter table orders add constraint c check (a is not null) not valid; alter table orders add constraint u unique using index i")]
    [InlineData("alter table orders add a int references t (id) on delete set default; alter table orders add b int default null references t")]
    [InlineData("alter type mood add value 'b'")]
    [InlineData("-- transaction: none\nalter type mood add value 'b'; select 1")]
    [InlineData("select 'drop table orders; alter table orders drop a'")]
    [InlineData("-- accept: DDM001 nobody has used it since March, DDM005\ndrop table orders; create index i on orders (a)")]
    [InlineData("-- phase: contract\ntruncate orders; delete from orders; drop schema s cascade")]
    [InlineData("create temporary table a (); truncate a; delete from a; update a set b = 1; drop table a")]
    [InlineData("delete from orders where id = 1; delete from orders using gone where gone.id = orders.id")]
    [InlineData("drop view v cascade; drop index concurrently i; drop trigger t on orders; drop policy p on orders; drop type mood; drop function f()")]
    [InlineData("insert into orders values (1) on conflict (id) do update set a = 1; merge into orders using t on true when matched then update set a = 1")]
    [InlineData("create function f() returns void language sql begin atomic delete from orders; end")]
    [InlineData("create function f() returns void language sql as $$ truncate orders $$; create table c (id int references orders (id) on delete cascade); grant delete, truncate on orders to app")]
    [InlineData("do $$ begin raise notice 'it isn''t'; delete from orders where id = 1; end $$")]
    [InlineData("select 'truncate orders'; comment on table orders is 'drop table orders'")]
    [InlineData("-- accept: DDM014 it is a copy\ntruncate orders")]
    [InlineData("drop index concurrently if exists i; reindex index concurrently i; reindex (concurrently) table orders; refresh materialized view concurrently v")]
    [InlineData("create table s.a (b int); create unique index if not exists \"I\" on s.a (b); reindex table s.a; reindex index s.\"I\"; drop index s.\"I\"")]
    [InlineData("create materialized view s.v as select 1 with no data; refresh materialized view s.v")]
    [InlineData("-- accept: DDM016 nobody reads it\ndrop index i; refresh materialized view v")]
    public void What_does_not_disturb_is_passed_over(string sql) => Assert.Equal("", Found(sql));

    [Fact]
    public void Finding_says_where()
    {
        var finding = Assert.Single(Set("select 1;\n\ndrop table orders;").Lint());

        Assert.Equal(("DDM001", "neon/20260101T1000_a", 3), (finding.Rule, finding.Id.ToString(), finding.Line));
        Assert.StartsWith("neon/a.sql(3): DDM001: what is dropped", finding.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_rule_cannot_be_accepted()
        => Assert.Contains("'accept: DDM999' names no rule", Assert.Throws<MigrationFileException>(() => Set("-- accept: DDM999\nselect 1;")).Message, StringComparison.Ordinal);

    [Fact]
    public void Every_rule_has_a_page_and_every_page_a_rule()
    {
        var root = typeof(LintTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "RepositoryRoot").Value!;
        var pages = Directory.EnumerateFiles(Path.Combine(root, "docs", "migration-rules"), "*.md").Select(path => (Id: Path.GetFileNameWithoutExtension(path), Text: File.ReadAllText(path))).OrderBy(page => page.Id, StringComparer.Ordinal).ToList();

        Assert.Equal(LintRules.Messages.Keys.Order(StringComparer.Ordinal), pages.Select(page => page.Id));
        Assert.All(pages, page =>
        {
            Assert.StartsWith($"# {page.Id}: ", page.Text, StringComparison.Ordinal);
            Assert.Contains($"> {LintRules.Messages[page.Id]}", page.Text, StringComparison.Ordinal);
            var blocks = page.Text.Split("```sql\n").Skip(1).Select(block => block.Split("```")[0]).ToList();
            Assert.Equal(2, blocks.Count);
            Assert.Equal(page.Id, FoundOf(page.Id, blocks[0]));
            Assert.Equal("", FoundOf(page.Id, blocks[1]));
        });
    }

    // What only the model, or only one database knows, is looked for there.
    private static string FoundOf(string rule, string sql) => rule switch
    {
        "DDM009" or "DDM010" => string.Join(' ', Set(sql).Lint(Mapped).Select(finding => finding.Rule)),
        "DDM013" => string.Join(' ', DualDbMigrations.Of([
            MigrationReader.Read(MigrationId.Parse("supabase/20260101T0900_wishes"), "supabase/wishes.sql", "-- phase: switch\n-- move: storefront.wishes"),
            MigrationReader.Read(MigrationId.Parse("neon/20260101T1000_a"), "neon/a.sql", sql)]).Lint().Select(finding => finding.Rule)),
        "DDM011" => string.Join(' ', SupabaseSet(sql).Lint().Select(finding => finding.Rule)),
        _ => Found(sql),
    };

    [Theory]
    [InlineData("alter table \"orders\" drop column note", "", "DDM001 DDM009")]
    [InlineData("alter table orders drop note", "", "DDM001 DDM009")]
    [InlineData("-- phase: contract\ndrop table if exists public.orders", "", "DDM009")]
    [InlineData("drop table other", "", "DDM001")]
    [InlineData("alter table orders drop column other", "", "DDM001")]
    [InlineData("alter table orders alter note type varchar(9)", "", "DDM003 DDM010")]
    [InlineData("alter table orders rename old to note", "", "DDM002 DDM010")]
    [InlineData("alter table orders add note text", "", "DDM010")]
    [InlineData("alter table orders add constraint note check (note <> '') not valid, alter note drop not null, alter note set default ''", "", "")]
    [InlineData("alter table public.orders add column note text", "alter table orders add column remark text", "")]
    [InlineData("alter table orders add column note text", "create table if not exists orders (id bigint, remark text)", "")]
    [InlineData("alter table orders add column note text", "alter table other add column remark text", "DDM010")]
    [InlineData("alter table orders alter column note type varchar(9)", "alter table orders add column other bigint", "DDM003 DDM010")]
    [InlineData("alter table orders rename column old to note", "alter table orders rename column old to remark", "DDM002 DDM002")]
    [InlineData("select 1", "alter table orders add column remark text", "DDM010")]
    [InlineData("-- accept: DDM010 the synchronisation adds it\nalter table orders add column note text", "", "")]
    public void What_breaks_the_synchronisation_is_found(string neon, string supabase, string rules)
    {
        var files = new List<Migration> { MigrationReader.Read(MigrationId.Parse("neon/20260101T1000_a"), "neon/a.sql", neon) };
        if (supabase.Length > 0)
        {
            files.Add(MigrationReader.Read(MigrationId.Parse("supabase/20260101T1000_a"), "supabase/a.sql", supabase));
        }

        Assert.Equal(rules, string.Join(' ', DualDbMigrations.Of(files).Lint(Mapped).Select(finding => finding.Rule)));
    }

    [Theory]
    [InlineData("neon/3: alter table orders alter column note type varchar(9)", "DDM003 DDM010")]
    [InlineData("supabase/3: alter table orders alter column remark type varchar(9)", "DDM003 DDM010")]
    [InlineData("neon/3: alter table orders alter column note type varchar(9)\nsupabase/4: alter table orders alter column remark type varchar(9)", "DDM003 DDM003")]
    [InlineData("neon/3: alter table orders alter column note type varchar(9)\nsupabase/4: alter table orders alter column remark type varchar(9)\nneon/5: alter table orders alter column note type varchar(12)", "DDM003 DDM003 DDM003 DDM010")]
    [InlineData("neon/3: alter table orders add column note_new int; alter table orders rename column note to note_old; alter table orders rename column note_new to note", "DDM002 DDM002 DDM010")]
    [InlineData("neon/3: alter table orders add column other int", "")]
    public void What_a_later_file_does_to_one_side_is_found_though_files_have_created_both(string later, string rules)
    {
        var files = new[] { "neon/1: create table orders (id bigint, note text)", "supabase/2: create table orders (id bigint, remark text)" }.Concat(later.Split('\n')).Select(static line =>
        {
            var (place, sql) = (line.Split(": ", 2)[0], line.Split(": ", 2)[1]);
            var (folder, number) = (place.Split('/')[0], place.Split('/')[1]);
            return (Migration)MigrationReader.Read(MigrationId.Parse($"{folder}/20260101T100{number}_a"), place, sql);
        });

        Assert.Equal(rules, string.Join(' ', DualDbMigrations.Of(files).Lint(Mapped).Select(finding => finding.Rule)));
    }

    [Theory]
    [InlineData("create table auth.t (a int)", "DDM011")]
    [InlineData("create or replace function \"storage\".f() returns int language sql as 'select 1'", "DDM011")]
    [InlineData("create unique index concurrently i on auth.users (email)", "DDM011")]
    [InlineData("alter table auth.users add column a int", "DDM011")]
    [InlineData("drop schema if exists realtime cascade", "DDM011")]
    [InlineData("create materialized view Vault.v as select 1", "DDM011")]
    [InlineData("create policy p on storage.objects for select using (true); create trigger t after insert on auth.users for each row execute function f()", "")]
    [InlineData("create table t (user_id uuid references auth.users (id)); create extension citext with schema extensions; select auth.uid()", "")]
    [InlineData("create table \"Auth\".t (a int)", "")]
    [InlineData("-- accept: DDM011 the support asked for it\nalter table auth.users add column a int", "")]
    public void What_Supabase_looks_after_is_left_alone(string sql, string rules)
    {
        Assert.Equal(rules, string.Join(' ', SupabaseSet(sql).Lint().Select(finding => finding.Rule)));
        Assert.DoesNotContain("DDM011", Found(sql), StringComparison.Ordinal);
    }

    private static SchemaModel Mapped => new()
    {
        Maps =
        [
            new MapModel
            {
                Name = "orders",
                Source = new MappedTable(Database.Neon, "public", "orders"),
                Target = new MappedTable(Database.Supabase, "public", "orders"),
                Columns = [new MappedColumnModel("id", "id"), new MappedColumnModel("note", "remark"), new MappedColumnModel(null, "made")],
            },
        ],
    };

    private static DualDbMigrations SupabaseSet(string sql) => DualDbMigrations.Of([MigrationReader.Read(MigrationId.Parse("supabase/20260101T1000_a"), "supabase/a.sql", sql)]);

    private static string Found(string sql) => string.Join(' ', Set(sql).Lint().Select(finding => finding.Rule));

    private static DualDbMigrations Set(string sql) => DualDbMigrations.Of([MigrationReader.Read(MigrationId.Parse("neon/20260101T1000_a"), "neon/a.sql", sql)]);
}
