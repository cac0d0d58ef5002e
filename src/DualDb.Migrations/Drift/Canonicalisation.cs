using DualDb.Migrations.Drift.Catalogue;
using DualDb.Migrations.Model;
using DualDb.Migrations.Model.Changes;

namespace DualDb.Migrations.Drift;

/// <summary>
/// The model in PostgreSQL's words: <c>varchar(40)</c> as <c>character varying(40)</c>, <c>total &gt;= 0</c> as <c>(total &gt;= (0)::numeric)</c>. What is written the same is the same; for the rest, the tables are
/// created as temporary ones in a transaction that is rolled back, and the catalogue is asked how it writes them.
/// </summary>
/// <param name="texts">What is known already.</param>
internal sealed class Canonicalisation(CanonicalTexts texts)
{
    /// <summary>The table in PostgreSQL's words, as far as they are known, and whether that is all of it.</summary>
    public (TableModel Table, bool IsWhole) Apply(TableModel expected, TableModel actual)
    {
        var isWhole = true;
        string Word(string part, string text, string? there)
        {
            if (string.Equals(text, there, StringComparison.Ordinal))
            {
                return text;
            }

            var known = texts.Find(PlaceOf(expected, part), text);
            isWhole &= known is not null;
            return known ?? text;
        }

        var table = expected with
        {
            RenamedFrom = null,
            Columns = [.. expected.Columns.Select(column =>
            {
                var there = actual.Columns.FirstOrDefault(one => Same(one.Name, column.Name));
                return column with
                {
                    RenamedFrom = null,
                    Type = there is null ? column.Type : Word("type " + column.Name, TypeText.Canonical(column.Type), there.Type),
                    Default = column.Default is null || there is null ? column.Default : Word("default " + column.Name, column.Default, there.Default),
                };
            })],
            Checks = [.. expected.Checks.Select(check => actual.Checks.FirstOrDefault(one => Same(one.Name, check.Name)) is { } there ? check with { Sql = Word("check " + check.Name, check.Sql, there.Sql) } : check)],
            Indexes = [.. expected.Indexes.Select(index => index.Where is not null && actual.Indexes.FirstOrDefault(one => Same(one.Name, index.Name)) is { } there
                ? index with { Where = Word("index " + index.Name, index.Where, there.Where) }
                : index)],
        };
        return (table, isWhole);
    }

    /// <summary>Keeps what PostgreSQL has made of a table.</summary>
    public void Learn(TableModel expected, TableModel created)
    {
        foreach (var column in expected.Columns)
        {
            if (created.Columns.FirstOrDefault(one => Same(one.Name, column.Name)) is { } there)
            {
                texts.Set(PlaceOf(expected, "type " + column.Name), TypeText.Canonical(column.Type), there.Type);
                if (column.Default is not null)
                {
                    texts.Set(PlaceOf(expected, "default " + column.Name), column.Default, there.Default ?? "null");
                }
            }
        }

        foreach (var check in expected.Checks)
        {
            if (created.Checks.FirstOrDefault(one => Same(one.Name, check.Name)) is { } there)
            {
                texts.Set(PlaceOf(expected, "check " + check.Name), check.Sql, there.Sql);
            }
        }

        foreach (var index in expected.Indexes.Where(static index => index.Where is not null))
        {
            if (created.Indexes.FirstOrDefault(one => Same(one.Name, index.Name)) is { } there)
            {
                texts.Set(PlaceOf(expected, "index " + index.Name), index.Where!, there.Where ?? "");
            }
        }
    }

    /// <summary>The table with the words of the database for its expressions, where both have one and nobody can tell whether they are the same.</summary>
    public static TableModel Trust(TableModel expected, TableModel actual) => expected with
    {
        Columns = [.. expected.Columns.Select(column => column.Default is not null && actual.Columns.FirstOrDefault(one => Same(one.Name, column.Name)) is { Default: { } there } ? column with { Default = there } : column)],
        Checks = [.. expected.Checks.Select(check => actual.Checks.FirstOrDefault(one => Same(one.Name, check.Name)) ?? check)],
        Indexes = [.. expected.Indexes.Select(index => index.Where is not null && actual.Indexes.FirstOrDefault(one => Same(one.Name, index.Name)) is { Where: { } there } ? index with { Where = there } : index)],
    };

    private static string PlaceOf(TableModel table, string part) => $"{table.Database} {table.FullName} {part}";

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.Ordinal);
}
