using DualDb.Migrations.Model;
using DualDb.Migrations.Model.Writing;
using Npgsql;

namespace DualDb.Migrations.Drift.Catalogue;

/// <summary>Puts the answers of the catalogue together.</summary>
/// <param name="reader">The answers, in the order of the questions.</param>
/// <param name="database">The database.</param>
internal sealed class CatalogueRows(NpgsqlDataReader reader, Database database)
{
    private readonly List<CatalogueTable> _tables = [];
    private readonly Dictionary<(string Schema, string Name), TableParts> _parts = [];

    public async Task<DatabaseCatalogue> ReadAsync(CancellationToken cancellationToken)
    {
        await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        var (role, mayCreate, isLogged) = (reader.GetString(0), reader.GetBoolean(1), reader.GetBoolean(2));
        await EachAsync(AddTable, cancellationToken).ConfigureAwait(false);
        await EachAsync(AddColumn, cancellationToken).ConfigureAwait(false);
        await EachAsync(AddConstraint, cancellationToken).ConfigureAwait(false);
        await EachAsync(AddIndex, cancellationToken).ConfigureAwait(false);
        await EachAsync(() => Here().Table.Triggers.Add(reader.GetString(2), reader.GetBoolean(3)), cancellationToken).ConfigureAwait(false);
        var others = new List<string>();
        await EachAsync(() => others.Add(reader.GetString(0)), cancellationToken).ConfigureAwait(false);
        var enums = new List<EnumModel>();
        await EachAsync(() => enums.Add(new EnumModel(database, reader.GetString(0), reader.GetString(1), reader.GetFieldValue<string[]>(2))), cancellationToken).ConfigureAwait(false);
        return new DatabaseCatalogue(role, mayCreate, isLogged, [.. _tables.Select(table => table with { Model = _parts[(table.Model.Schema, table.Model.Name)].ToModel() })], enums, others);
    }

    private async Task EachAsync(Action row, CancellationToken cancellationToken)
    {
        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            row();
        }
    }

    private TableParts Here() => _parts[(reader.GetString(0), reader.GetString(1))];

    private void AddTable()
    {
        var model = new TableModel { Database = database, Schema = reader.GetString(0), Name = reader.GetString(1), Comment = Text(2) };
        var table = new CatalogueTable(model, reader.GetBoolean(3), reader.GetInt32(4), reader.GetFieldValue<string[]>(5), reader.GetFieldValue<string[]>(6), reader.GetBoolean(7));
        _tables.Add(table);
        _parts.Add((model.Schema, model.Name), new TableParts(table));
    }

    private void AddColumn()
    {
        var parts = Here();
        parts.Columns.Add(new ColumnModel
        {
            Name = reader.GetString(2), Type = reader.GetString(3), IsNullable = reader.GetBoolean(4), IsIdentity = reader.GetBoolean(5), Default = Text(6), Comment = Text(7),
        });
        if (reader.GetBoolean(8))
        {
            parts.Table.AlwaysNumbered.Add(reader.GetString(2));
        }
    }

    private void AddConstraint()
    {
        var parts = Here();
        var (name, columns) = (reader.GetString(2), reader.GetFieldValue<string[]>(4));
        switch (reader.GetString(3))
        {
            case "p":
                parts.PrimaryKey = columns;
                parts.PrimaryKeyName = string.Equals(name, TableSql.KeyName(parts.Table.Model.Name), StringComparison.Ordinal) ? null : name;
                break;
            case "u":
                parts.Uniques.Add(new UniqueModel(name, columns));
                break;
            case "c":
                parts.Checks.Add(new CheckModel(name, Text(5) ?? ""));
                break;
            default:
                parts.ForeignKeys.Add(new ForeignKeyModel(name, string.Join(", ", columns), reader.GetString(7), reader.GetString(8), string.Join(", ", reader.GetFieldValue<string[]>(9))));
                break;
        }

        if (!reader.GetBoolean(6))
        {
            parts.Table.UnvalidatedConstraints.Add(name);
        }

        if (Text(10) is { } action)
        {
            parts.Table.Actions.Add(name, action);
        }
    }

    // A unique index over all rows does what a unique constraint does, and is dropped and renamed as an index.
    private void AddIndex()
    {
        var parts = Here();
        var (name, method, columns, condition) = (reader.GetString(2), reader.GetString(3), reader.GetFieldValue<string[]>(6), Text(7));
        if (reader.GetBoolean(4) && condition is null)
        {
            parts.Uniques.Add(new UniqueModel(name, columns) { IsIndex = true });
        }
        else
        {
            parts.Indexes.Add(new IndexModel(name, columns, string.Equals(method, "btree", StringComparison.Ordinal) ? null : method, condition));
        }

        if (!reader.GetBoolean(5))
        {
            parts.Table.InvalidIndexes.Add(name);
        }
    }

    private string? Text(int ordinal) => reader.IsDBNull(ordinal) ? null : reader.GetString(ordinal);

    private sealed class TableParts(CatalogueTable table)
    {
        public CatalogueTable Table { get; } = table;

        public List<ColumnModel> Columns { get; } = [];

        public IReadOnlyList<string> PrimaryKey { get; set; } = [];

        public string? PrimaryKeyName { get; set; }

        public List<UniqueModel> Uniques { get; } = [];

        public List<CheckModel> Checks { get; } = [];

        public List<IndexModel> Indexes { get; } = [];

        public List<ForeignKeyModel> ForeignKeys { get; } = [];

        public TableModel ToModel() => Table.Model with { Columns = Columns, PrimaryKey = PrimaryKey, PrimaryKeyName = PrimaryKeyName, Uniques = Uniques, Checks = Checks, Indexes = Indexes, ForeignKeys = ForeignKeys };
    }
}
