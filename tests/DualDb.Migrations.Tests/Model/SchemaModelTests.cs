using System.Reflection;
using DualDb.Migrations.Model;
using DualDb.Migrations.Model.Changes;
using DualDb.Migrations.Tests.Places;
using DualDb.Schema;

namespace DualDb.Migrations.Tests.Model;

public sealed class SchemaModelTests
{
    [Fact]
    public void Schema_is_read_from_a_file_as_from_the_loaded_assembly()
    {
        var loaded = SchemaModel.Of<TestDb>();

        Assert.Equal(loaded.ToJson(), SchemaModel.FromFile(typeof(TestDb).Assembly.Location).ToJson());
        Assert.Equal(loaded.ToJson(), SchemaModel.FromFile(typeof(TestDb).Assembly.Location, nameof(TestDb)).ToJson());
        Assert.Equal("numeric(5,2)", loaded.Tables.Single(static table => table.Name == "tickets").Columns.Single(static column => column.Name == "points").Type);
    }

    [Fact]
    public void Text_of_the_generator_is_the_text_of_the_library()
    {
        var written = typeof(TestDb).Assembly.GetCustomAttributes<ModelSchemaAttribute>().Single().Json.ReplaceLineEndings("\n");

        // What operators are shown is no part of a table: snapshots do not know it.
        Assert.Contains(", \"sensitive\": true", written, StringComparison.Ordinal);
        Assert.Equal(written.Replace(", \"sensitive\": true", "", StringComparison.Ordinal), SchemaModel.Of<TestDb>().ToJson());
    }

    [Fact]
    public void What_is_written_is_read_again()
    {
        var json = SchemaModel.Of<TestDb>().ToJson();

        Assert.Equal(json, SchemaModel.Parse(json).ToJson());
    }

    [Fact]
    public void Schemas_of_referenced_projects_are_part_of_it()
    {
        const string Inner = """{ "format": 1, "tables": [{ "database": "neon", "schema": "public", "name": "a", "columns": [] }, { "database": "neon", "schema": "public", "name": "c" }] }""";

        var model = SchemaModel.Parse($$"""{ "format": 1, "tables": [{ "database": "neon", "schema": "public", "name": "b" }, { "database": "neon", "schema": "public", "name": "c", "comment": "own" }], "includes": [{{Inner}}, {{Inner}}] }""");

        Assert.Equal(["a", "b", "c"], model.Tables.Select(static table => table.Name));
        Assert.Equal("own", model.Tables[2].Comment);
    }

    [Theory]
    [InlineData("{", "is not the schema of a model")]
    [InlineData("null", "is not the schema of a model")]
    [InlineData("{}", "has the format 0")]
    [InlineData("""{ "format": 2 }""", "has the format 2, and this version of DualDb.Migrations knows 1")]
    [InlineData("""{ "format": 1, "tables": [{ "schema": "public", "name": "a" }] }""", "database")]
    [InlineData("""{ "format": 1, "tables": [{ "database": "oracle", "schema": "public", "name": "a" }] }""", "is not the schema of a model")]
    [InlineData("<<<<<<< HEAD\n{}\n>>>>>>> other", "marks of a merge")]
    public void What_is_no_schema_is_refused(string json, string reason)
        => Assert.Contains(reason, Assert.Throws<SchemaModelException>(() => SchemaModel.Parse(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void Files_and_assemblies_without_a_schema_are_told()
    {
        var text = Path.GetTempFileName();
        File.WriteAllText(text, "no assembly");
        try
        {
            Assert.Contains("is no .NET assembly", Assert.Throws<SchemaModelException>(() => SchemaModel.FromFile(text)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(text);
        }

        Assert.Contains("cannot be read", Assert.Throws<SchemaModelException>(() => SchemaModel.FromFile(text)).Message, StringComparison.Ordinal);
        Assert.Contains("holds no schema", Assert.Throws<SchemaModelException>(() => SchemaModel.FromAssembly(typeof(string).Assembly)).Message, StringComparison.Ordinal);
        Assert.Contains("It declares TestDb", Assert.Throws<SchemaModelException>(() => SchemaModel.FromAssembly(typeof(TestDb).Assembly, "Other")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("INT4", "integer")]
    [InlineData("varchar( 40 )", "character varying(40)")]
    [InlineData("varchar(4)[]", "character varying(4)[]")]
    [InlineData("char", "character(1)")]
    [InlineData("numeric(5)", "numeric(5,0)")]
    [InlineData("decimal(12, 2)", "numeric(12,2)")]
    [InlineData("timestamptz(3)", "timestamp(3) with time zone")]
    [InlineData("timestamp(3) with time zone", "timestamp(3) with time zone")]
    [InlineData("time", "time without time zone")]
    [InlineData("double precision[]", "double precision[]")]
    [InlineData("\"Odd\".\"Mood\"[]", "\"Odd\".\"Mood\"[]")]
    public void Types_have_one_name(string type, string canonical) => Assert.Equal(canonical, TypeText.Canonical(type));

    [Theory]
    [InlineData("varchar(10)", "varchar(20)", true)]
    [InlineData("varchar(20)", "varchar(10)", false)]
    [InlineData("varchar(20)", "text", true)]
    [InlineData("text", "varchar", true)]
    [InlineData("text", "varchar(20)", false)]
    [InlineData("numeric(10,2)", "numeric(12,2)", true)]
    [InlineData("numeric(10,2)", "numeric(12,3)", false)]
    [InlineData("numeric(10,2)", "numeric", true)]
    [InlineData("numeric", "numeric(10,2)", false)]
    [InlineData("timestamptz(3)", "timestamptz", true)]
    [InlineData("timestamptz", "timestamptz(3)", false)]
    [InlineData("timestamp", "timestamptz", false)]
    [InlineData("integer", "bigint", false)]
    [InlineData("varchar(4)[]", "varchar(8)[]", false)]
    public void Types_that_only_widen_are_known(string from, string to, bool isWidened) => Assert.Equal(isWidened, TypeText.IsWidened(from, to));
}
