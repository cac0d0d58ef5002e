using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DualDb.Sdk.Tests.RawSql;

/// <summary>What the compiler accepts as a statement: nothing that could have been put together from values.</summary>
public class PlainTextTests
{
    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private static IEnumerable<string> Errors(string call)
        => CSharpCompilation.Create(
                "Calls",
                [CSharpSyntaxTree.ParseText($$"""
                    using System.Threading.Tasks;
                    using DualDb;
                    static class Calls
                    {
                        const string Constant = "select 1";
                        static Task CallAsync(PostgresDatabase database, DatabaseTransaction transaction, string text) => {{call}};
                    }
                    """)],
                References,
                new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary))
            .GetDiagnostics()
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .Select(diagnostic => diagnostic.Id);

    [Theory]
    [InlineData("database.ExecuteAsync($\"select {text}\")")]
    [InlineData("database.QueryAsync<int>($\"select {SqlFragment.Raw(text)}\")")]
    [InlineData("database.QueryAsync<int>($\"select \" + $\"{text}\")")]
    [InlineData("transaction.ExecuteScalarAsync<int>($\"select 1\")")]
    public void Takes_interpolated_strings(string call) => Assert.Empty(Errors(call));

    [Theory]
    [InlineData("database.ExecuteAsync(text)")]
    [InlineData("database.ExecuteAsync(\"select \" + text)")]
    [InlineData("database.ExecuteAsync($\"select \" + text)")]
    [InlineData("database.ExecuteAsync(Constant)")]
    [InlineData("database.ExecuteAsync(\"select 1\")")]
    [InlineData("database.ExecuteAsync(string.Format(\"select {0}\", text))")]
    [InlineData("database.QueryAsync<int>(text)")]
    [InlineData("database.QuerySingleOrDefaultAsync<int>(\"select \" + text)")]
    [InlineData("database.ExecuteScalarAsync<int>(\"select \" + text)")]
    [InlineData("transaction.ExecuteAsync(\"select \" + text)")]
    [InlineData("transaction.QueryAsync<int>(text)")]
    [InlineData("database.ExecuteAsync($\"select {5:N2}\")")]
    public void Takes_no_plain_text(string call) => Assert.NotEmpty(Errors(call));
}
