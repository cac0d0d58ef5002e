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
    [InlineData("alter type mood add value 'b'; select 1", "DDM007")]
    [InlineData("alter table orders alter a set not null", "DDM008")]
    [InlineData("alter table orders alter a type bigint, drop b", "DDM003 DDM001")]
    [InlineData("update only orders set a = 1 where a is null", "DDM012")]
    public void What_disturbs_is_found(string sql, string rules) => Assert.Equal(rules, Found(sql));

    [Theory]
    [InlineData("create table orders (a int not null check (a > 0)); create index i on orders (a); alter table orders add b int not null; drop table orders")]
    [InlineData("-- phase: contract\ndrop table orders; alter table orders drop column a")]
    [InlineData("alter table orders drop constraint c; alter table orders alter a drop not null; alter table orders alter a drop default; alter table orders rename constraint a to b")]
    [InlineData("alter table orders add a int not null default 1; alter table orders add b int; alter table orders add c bigint not null generated always as identity")]
    [InlineData("create index concurrently i on orders (a)")]
    [InlineData("-- batch: 500\nupdate orders set a = 1 where a is null")]
    [InlineData("create table orders (a int); update orders set a = 1")]
    [InlineData("alter table orders add constraint c check (a is not null) not valid; alter table orders add constraint u unique using index i")]
    [InlineData("alter type mood add value 'b'")]
    [InlineData("-- transaction: none\nalter type mood add value 'b'; select 1")]
    [InlineData("select 'drop table orders; alter table orders drop a'")]
    [InlineData("-- accept: DDM001 nobody has used it since March, DDM005\ndrop table orders; create index i on orders (a)")]
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
    [InlineData("alter table orders drop column other", "", "DDM001")]
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
        Assert.Equal("", Found(sql.Replace("unique index", "index", StringComparison.Ordinal)));
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
