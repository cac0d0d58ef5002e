using System.Reflection;
using DualDb.Migrations.Files;
using DualDb.Migrations.Linting;

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
    public void What_disturbs_is_found(string sql, string rules) => Assert.Equal(rules, Found(sql));

    [Theory]
    [InlineData("create table orders (a int not null check (a > 0)); create index i on orders (a); alter table orders add b int not null; drop table orders")]
    [InlineData("-- phase: contract\ndrop table orders; alter table orders drop column a")]
    [InlineData("alter table orders drop constraint c; alter table orders alter a drop not null; alter table orders alter a drop default; alter table orders rename constraint a to b")]
    [InlineData("alter table orders add a int not null default 1; alter table orders add b int; alter table orders add c bigint not null generated always as identity")]
    [InlineData("create index concurrently i on orders (a)")]
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
            Assert.Equal(page.Id, Found(blocks[0]));
            Assert.Equal("", Found(blocks[1]));
        });
    }

    private static string Found(string sql) => string.Join(' ', Set(sql).Lint().Select(finding => finding.Rule));

    private static DualDbMigrations Set(string sql) => DualDbMigrations.Of([MigrationReader.Read(MigrationId.Parse("neon/20260101T1000_a"), "neon/a.sql", sql)]);
}
