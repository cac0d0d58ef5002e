using System.Globalization;
using DualDb.Migrations.Model;

namespace DualDb.Migrations.Tests.Model.Editing;

/// <summary>Edits a model at random, as a developer might: always into one that rows of before can follow.</summary>
/// <param name="random">The numbers.</param>
internal sealed class ModelEditor(Random random)
{
    private int _names;

    /// <summary>The next model, and what was done: one thing in most cases, and several at once in others.</summary>
    public (SchemaModel Model, IReadOnlyList<string> Done) Edit(SchemaModel model)
    {
        model = Forget(model);
        var done = new List<string>();
        do
        {
            (model, var kind) = EditOnce(model);
            done.Add(kind);
        }
        while (random.Next(3) == 0);
        return (model, done);
    }

    private (SchemaModel Model, string Done) EditOnce(SchemaModel model)
    {
        while (true)
        {
            var (kind, edited) = random.Next(26) switch
            {
                0 or 1 => ("add table", AddTable(model)),
                2 => ("drop table", DropTable(model)),
                3 => ("rename table", RenameTable(model)),
                4 or 5 or 6 => ("add column", OnTable(model, AddColumn)),
                7 => ("drop column", OnTable(model, DropColumn)),
                8 => ("rename column", OnColumn(model, RenameColumn)),
                9 or 10 or 11 => ("change type", OnColumn(model, ChangeType)),
                12 => ("widen key", WidenKey(model)),
                13 => ("nullability", OnColumn(model, ChangeNullability)),
                14 => ("default", OnColumn(model, ChangeDefault)),
                15 => ("comment", OnTable(model, Comment)),
                16 => ("unique", OnTable(model, ChangeUnique)),
                17 => ("check", OnTable(model, ChangeCheck)),
                18 or 19 => ("index", OnTable(model, ChangeIndex)),
                20 => ("reference", AddReference(model)),
                21 => ("add enum", AddEnum(model)),
                22 or 23 => ("enum condition", AddEnumCondition(model)),
                _ => ("change enum", ChangeEnum(model)),
            };
            if (edited is not null && edited.ToJson() != model.ToJson())
            {
                return (Sorted(edited), kind);
            }
        }
    }

    private SchemaModel? AddTable(SchemaModel model)
    {
        if (model.Tables.Count > 7)
        {
            return null;
        }

        var table = new TableModel
        {
            Database = random.Next(2) == 0 ? Database.Neon : Database.Supabase,
            Schema = random.Next(4) == 0 ? "Other Schema" : "public",
            Name = Name("table"),
            PrimaryKey = ["id"],
            Columns = [random.Next(2) == 0 ? new ColumnModel { Name = "id", Type = "integer", IsIdentity = true } : new ColumnModel { Name = "id", Type = "uuid", Default = "gen_random_uuid()" }],
        };
        for (var i = random.Next(5); i >= 0; i--)
        {
            table = AddColumn(table)!;
        }

        return model with { Tables = [.. model.Tables, table] };
    }

    private SchemaModel? DropTable(SchemaModel model) => model.Tables.Count < 4 || Pick(model.Tables) is not { } gone ? null : model with
    {
        Tables = [.. model.Tables.Where(table => table != gone).Select(table => table with { ForeignKeys = [.. table.ForeignKeys.Where(key => !PointsAt(table, key, gone))] })],
    };

    private SchemaModel? RenameTable(SchemaModel model)
    {
        if (Pick(model.Tables) is not { } old)
        {
            return null;
        }

        var name = Name("table");
        return model with
        {
            Tables = [.. model.Tables.Select(table => (table == old ? table with { Name = name, RenamedFrom = old.RenamedFrom ?? old.Name } : table) with
            {
                ForeignKeys = [.. table.ForeignKeys.Select(key => PointsAt(table, key, old) ? key with { ToTable = name } : key)],
            })],
        };
    }

    private TableModel? AddColumn(TableModel table)
    {
        var kind = Pick(Kinds.All);
        var shape = random.Next(3);
        return table.Columns.Count > 10 ? null : table with
        {
            Columns = [.. table.Columns, new ColumnModel { Name = Name("Column"), Type = kind.Type, IsNullable = shape != 0, Default = shape == 1 ? null : kind.Default }],
        };
    }

    private TableModel? DropColumn(TableModel table) => Pick(Free(table)) is { } column ? table with { Columns = [.. table.Columns.Where(one => one != column)] } : null;

    private TableModel? RenameColumn(TableModel table, ColumnModel old)
    {
        var name = Name("column");
        string Renamed(string column) => column == old.Name ? name : column;
        string? Within(string? sql) => sql?.Replace($"\"{old.Name}\"", $"\"{name}\"", StringComparison.Ordinal);
        return table with
        {
            Columns = [.. table.Columns.Select(column => column == old ? column with { Name = name, RenamedFrom = old.RenamedFrom ?? old.Name } : column)],
            Uniques = [.. table.Uniques.Select(unique => unique with { Columns = [.. unique.Columns.Select(Renamed)] })],
            Indexes = [.. table.Indexes.Select(index => index with { Columns = [.. index.Columns.Select(Renamed)], Where = Within(index.Where) })],
            Checks = [.. table.Checks.Select(check => check with { Sql = Within(check.Sql)! })],
            ForeignKeys = [.. table.ForeignKeys.Select(key => key with { Column = Renamed(key.Column) })],
        };
    }

    private TableModel? ChangeType(TableModel table, ColumnModel column)
    {
        var isNamed = table.Checks.Any(check => check.Sql.Contains(column.Name, StringComparison.Ordinal)) || table.Indexes.Any(index => index.Method is not null && index.Columns.Contains(column.Name));
        if (!Kinds.IsKnown(column.Type) || isNamed || table.ForeignKeys.Any(key => key.Column == column.Name))
        {
            return null;
        }

        return Pick(Kinds.Of(column.Type).Becomes) is { } type ? With(table, column, column with { Type = type, Default = column.Default is null ? null : Kinds.Of(type).Default }) : null;
    }

    private SchemaModel? WidenKey(SchemaModel model)
    {
        var chosen = Pick([.. model.Tables.Where(static table => table.Columns.Any(static column => column is { IsIdentity: true, Type: "integer" }))]);
        return chosen is null ? null : model with
        {
            Tables = [.. model.Tables.Select(table =>
            {
                var keys = table.ForeignKeys.Where(key => PointsAt(table, key, chosen)).Select(static key => key.Column).ToHashSet();
                return table with { Columns = [.. table.Columns.Select(column => (table == chosen && column.IsIdentity) || keys.Contains(column.Name) ? column with { Type = "bigint" } : column)] };
            })],
        };
    }

    private static TableModel? ChangeNullability(TableModel table, ColumnModel column)
        => column.IsNullable && column.Default is null ? null : With(table, column, column with { IsNullable = !column.IsNullable });

    private TableModel? ChangeDefault(TableModel table, ColumnModel column)
        => !Kinds.IsKnown(column.Type) || table.ForeignKeys.Any(key => key.Column == column.Name) ? null : With(table, column, column with { Default = column.Default is null ? Kinds.Of(column.Type).Default : column.IsNullable ? null : Kinds.Of(column.Type).Default });

    private TableModel Comment(TableModel table)
    {
        var text = random.Next(3) == 0 ? null : $"It's {Name("remark")}\nand more.";
        return random.Next(2) == 0 ? table with { Comment = text } : With(table, table.Columns[0], table.Columns[0] with { Comment = text });
    }

    private TableModel? ChangeUnique(TableModel table)
    {
        if (table.Uniques.Count > 0 && random.Next(2) == 0)
        {
            return table with { Uniques = [] };
        }

        var column = Pick([.. Free(table).Where(static column => Kinds.IsKnown(column.Type) && Kinds.IsOrdered(column.Type))]);
        return column is null || table.Uniques.Count > 0 ? null : table with { Uniques = [new UniqueModel(Name("unique"), ["id", column.Name])] };
    }

    private TableModel? ChangeCheck(TableModel table)
    {
        if (table.Checks.Count > 0 && random.Next(2) == 0)
        {
            return table with { Checks = [] };
        }

        var column = Pick([.. Free(table).Where(static column => Kinds.IsNumber(column.Type))]);
        return column is null ? null : table with { Checks = [new CheckModel(table.Checks.Count > 0 ? table.Checks[0].Name : Name("check"), $"\"{column.Name}\" between 0 and {random.Next(1000, 9999)}")] };
    }

    private TableModel? ChangeIndex(TableModel table)
    {
        var columns = Free(table).Where(static column => Kinds.IsKnown(column.Type) && Kinds.IsOrdered(column.Type)).OrderBy(_ => random.Next()).Take(random.Next(1, 3)).ToList();
        var array = Pick([.. Free(table).Where(static column => column.Type is "text[]" or "jsonb" or "integer[]")]);
        var name = table.Indexes.Count > 0 && random.Next(2) == 0 ? table.Indexes[0].Name : Name("index");
        var rest = table.Indexes.Where(index => index.Name != name).Take(2);
        return random.Next(5) switch
        {
            0 when table.Indexes.Count > 0 => table with { Indexes = [.. table.Indexes.Skip(1)] },
            1 when array is not null => table with { Indexes = [.. rest, new IndexModel(name, [array.Name], "gin")] },
            2 when columns.Count > 0 => table with { Indexes = [.. rest, new IndexModel(name, [.. columns.Select(static column => column.Name)], Where: $"\"{columns[0].Name}\" is not null")] },
            _ when columns.Count > 0 => table with { Indexes = [.. rest, new IndexModel(name, [.. columns.Select(static column => column.Name)])] },
            _ => null,
        };
    }

    private SchemaModel? AddReference(SchemaModel model)
    {
        var (owner, to) = (Pick(model.Tables), Pick(model.Tables));
        if (owner is null || to is null || owner.Database != to.Database || owner.ForeignKeys.Count > 1)
        {
            return null;
        }

        var column = Name("reference");
        return Replace(model, owner, owner with
        {
            Columns = [.. owner.Columns, new ColumnModel { Name = column, Type = to.Columns.First(static one => one.Name == "id").Type, IsNullable = true }],
            ForeignKeys = [.. owner.ForeignKeys, new ForeignKeyModel(Name("key"), column, to.Schema, to.Name, "id")],
            Indexes = [.. owner.Indexes, new IndexModel(Name("index"), [column])],
        });
    }

    private SchemaModel? AddEnum(SchemaModel model)
    {
        if (model.Enums.Count > 2 || Pick(model.Tables) is not { } table)
        {
            return null;
        }

        var type = new EnumModel(table.Database, "public", Name("state"), ["One", "Two's", "Three"]);
        return Replace(model, table, table with
        {
            Columns = [.. table.Columns, new ColumnModel { Name = Name("column"), Type = "public." + type.Name, Default = "'One'" }, new ColumnModel { Name = Name("column"), Type = $"public.{type.Name}[]", IsNullable = true }],
        }) with { Enums = [.. model.Enums, type] };
    }

    // Of values that stay, so that each row fulfils it before and after.
    private SchemaModel? AddEnumCondition(SchemaModel model)
    {
        var (table, column) = Pick([.. model.Tables.SelectMany(static table => table.Columns.Select(column => (Table: table, Column: column))).Where(one => model.Enums.Any(type => one.Column.Type == "public." + type.Name))]);
        return table is null || table.Checks.Count > 2 || table.Indexes.Count > 4 ? null : Replace(model, table, random.Next(2) == 0
            ? table with { Checks = [.. table.Checks, new CheckModel(Name("check"), $"\"{column.Name}\" <> 'Three'")] }
            : table with { Indexes = [.. table.Indexes, new IndexModel(Name("index"), ["id"], Where: $"\"{column.Name}\" = 'Two''s'")] });
    }

    private SchemaModel? ChangeEnum(SchemaModel model)
    {
        if (Pick(model.Enums) is not { } type)
        {
            return null;
        }

        var values = type.Values.ToList();
        switch (random.Next(4))
        {
            case 0:
                return model with
                {
                    Enums = [.. model.Enums.Where(one => one != type)],
                    Tables = [.. model.Tables.Select(table => WithoutEnum(table, type))],
                };
            case 1 when values.Count > 3:
                values.RemoveAll(static value => value is not ("One" or "Two's" or "Three"));
                break;
            case 2:
                (values[0], values[^1]) = (values[^1], values[0]);
                break;
            default:
                values.Insert(random.Next(values.Count + 1), Name("value"));
                break;
        }

        return model with { Enums = [.. model.Enums.Select(one => one == type ? one with { Values = values } : one)] };
    }

    private static TableModel WithoutEnum(TableModel table, EnumModel type)
    {
        var gone = table.Columns.Where(column => IsOf(column, type)).Select(static column => $"\"{column.Name}\"").ToList();
        bool Stays(string? condition) => condition is null || !gone.Exists(column => condition.Contains(column, StringComparison.Ordinal));
        return table with
        {
            Columns = [.. table.Columns.Where(column => !IsOf(column, type))],
            Checks = [.. table.Checks.Where(check => Stays(check.Sql))],
            Indexes = [.. table.Indexes.Where(index => Stays(index.Where))],
        };
    }

    private SchemaModel? OnTable(SchemaModel model, Func<TableModel, TableModel?> edit) => Pick(model.Tables) is { } table && edit(table) is { } edited ? Replace(model, table, edited) : null;

    private SchemaModel? OnColumn(SchemaModel model, Func<TableModel, ColumnModel, TableModel?> edit)
        => OnTable(model, table => Pick([.. table.Columns.Where(static column => column.Name != "id")]) is { } column ? edit(table, column) : null);

    private string Name(string what) => string.Create(CultureInfo.InvariantCulture, $"{what}_{++_names}");

    private T? Pick<T>(IReadOnlyList<T> items) => items.Count == 0 ? default : items[random.Next(items.Count)];

    private static SchemaModel Replace(SchemaModel model, TableModel table, TableModel by) => model with { Tables = [.. model.Tables.Select(one => one == table ? by : one)] };

    private static TableModel With(TableModel table, ColumnModel column, ColumnModel by) => table with { Columns = [.. table.Columns.Select(one => one == column ? by : one)] };

    private static bool PointsAt(TableModel table, ForeignKeyModel key, TableModel target) => table.Database == target.Database && key.ToSchema == target.Schema && key.ToTable == target.Name;

    private static bool IsOf(ColumnModel column, EnumModel type) => column.Type == "public." + type.Name || column.Type == $"public.{type.Name}[]";

    // Columns that nothing else names, and that are no keys.
    private static IReadOnlyList<ColumnModel> Free(TableModel table) =>
    [
        .. table.Columns.Where(column => column.Name != "id"
            && table.ForeignKeys.All(key => key.Column != column.Name)
            && table.Uniques.All(unique => !unique.Columns.Contains(column.Name))
            && table.Indexes.All(index => !index.Columns.Contains(column.Name) && index.Where?.Contains($"\"{column.Name}\"", StringComparison.Ordinal) != true)
            && table.Checks.All(check => !check.Sql.Contains(column.Name, StringComparison.Ordinal))),
    ];

    private static SchemaModel Forget(SchemaModel model) => model with
    {
        Tables = [.. model.Tables.Select(static table => table with { RenamedFrom = null, Columns = [.. table.Columns.Select(static column => column with { RenamedFrom = null })] })],
    };

    private static SchemaModel Sorted(SchemaModel model) => SchemaModel.Parse(model.ToJson());
}
