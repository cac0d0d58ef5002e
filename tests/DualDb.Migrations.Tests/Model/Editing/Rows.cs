using DualDb.Migrations.Model;
using DualDb.Migrations.Tests.Places;

namespace DualDb.Migrations.Tests.Model.Editing;

/// <summary>Rows of random models.</summary>
/// <param name="place">Where they are.</param>
internal sealed class Rows(MigrationPlace place)
{
    private int _seed;

    /// <summary>Inserts rows into each table.</summary>
    public async Task InsertAsync(SchemaModel model)
    {
        foreach (var database in (Database[])[Database.Neon, Database.Supabase])
        {
            var statements = model.Tables.Where(table => table.Database == database).Select(table => Insert(model, table)).ToList();
            if (statements.Count > 0)
            {
                await place.AskAsync<object?>(database, string.Join('\n', statements));
            }
        }
    }

    /// <summary>How many rows a table has, and of how many each column has a value.</summary>
    public async Task<IReadOnlyDictionary<(Database Database, string Table, string Column), long>> CountAsync(SchemaModel model)
    {
        var counts = new Dictionary<(Database, string, string), long>();
        foreach (var table in model.Tables)
        {
            var found = await place.AskAsync<long[]>(table.Database, $"select array[count(*), {string.Join(", ", table.Columns.Select(static column => $"count(\"{column.Name}\")"))}] from {Name(table)}");
            counts[(table.Database, table.FullName, "")] = found[0];
            for (var i = 0; i < table.Columns.Count; i++)
            {
                counts[(table.Database, table.FullName, table.Columns[i].Name)] = found[i + 1];
            }
        }

        return counts;
    }

    private string Insert(SchemaModel model, TableModel table)
    {
        var columns = table.Columns.Where(static column => !column.IsIdentity).ToList();
        var values = columns.Select(column => Value(model, table, column)).ToList();
        _seed += 2;
        return columns.Count == 0
            ? $"insert into {Name(table)} default values;"
            : $"insert into {Name(table)} ({string.Join(", ", columns.Select(static column => $"\"{column.Name}\""))}) select {string.Join(", ", values)} from generate_series({_seed}, {_seed + 1}) as s (n);";
    }

    private static string Value(SchemaModel model, TableModel table, ColumnModel column)
    {
        if (table.ForeignKeys.FirstOrDefault(key => key.Column == column.Name) is { } key)
        {
            return $"(select id from \"{key.ToSchema}\".\"{key.ToTable}\" limit 1)";
        }

        if (model.Enums.FirstOrDefault(type => column.Type.StartsWith("public." + type.Name, StringComparison.Ordinal)) is { } type)
        {
            return column.Type.EndsWith("[]", StringComparison.Ordinal) ? $"array['Three']::public.{type.Name}[]" : $"'Two''s'::public.{type.Name}";
        }

        var value = $"({Kinds.Of(column.Type).Value})::{column.Type}";
        return column.IsNullable ? $"case when n % 2 = 0 then {value} end" : value;
    }

    private static string Name(TableModel table) => $"\"{table.Schema}\".\"{table.Name}\"";
}
