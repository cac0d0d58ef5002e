using System.Text.Encodings.Web;
using System.Text.Json;

namespace DualDb.Migrations.Model.Reading;

/// <summary>Writes schemas as JSON with a line for each column, so that changes of two branches meet where they touch the same, and read well in a review.</summary>
internal static class ModelWriter
{
    public static string Write(SchemaModel model, IReadOnlyList<string> last) => Block(
        ("format", ModelReader.Format.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        ("last", last.Count == 0 ? null : Lines(last.Select(Text))),
        ("tables", Lines(model.Tables.Select(Table))),
        ("enums", Lines(model.Enums.Select(Enum))),
        ("maps", Lines(model.Maps.Select(Map))));

    private static string Table(TableModel table) => Block(
        ("database", Name(table.Database)),
        ("schema", Text(table.Schema)),
        ("name", Text(table.Name)),
        ("renamedFrom", Optional(table.RenamedFrom)),
        ("comment", Optional(table.Comment)),
        ("isCopy", Flag(table.IsCopy)),
        ("columns", Lines(table.Columns.Select(Column))),
        ("primaryKey", List(table.PrimaryKey)),
        ("primaryKeyName", Optional(table.PrimaryKeyName)),
        ("uniques", Lines(table.Uniques.Select(static unique => Line(("name", Text(unique.Name)), ("columns", List(unique.Columns)), ("isIndex", Flag(unique.IsIndex)))))),
        ("checks", Lines(table.Checks.Select(static check => Line(("name", Text(check.Name)), ("sql", Text(check.Sql)))))),
        ("indexes", Lines(table.Indexes.Select(Index))),
        ("foreignKeys", Lines(table.ForeignKeys.Select(ForeignKey))));

    private static string Column(ColumnModel column) => Line(
        ("name", Text(column.Name)),
        ("type", Text(column.Type)),
        ("nullable", Flag(column.IsNullable)),
        ("identity", Flag(column.IsIdentity)),
        ("default", Optional(column.Default)),
        ("renamedFrom", Optional(column.RenamedFrom)),
        ("comment", Optional(column.Comment)));

    private static string Index(IndexModel index)
        => Line(("name", Text(index.Name)), ("columns", List(index.Columns)), ("method", Optional(index.Method)), ("where", Optional(index.Where)));

    private static string ForeignKey(ForeignKeyModel key) => Line(
        ("name", Text(key.Name)), ("column", Text(key.Column)), ("toSchema", Text(key.ToSchema)), ("toTable", Text(key.ToTable)), ("toColumn", Text(key.ToColumn)));

    private static string Enum(EnumModel type)
        => Line(("database", Name(type.Database)), ("schema", Text(type.Schema)), ("name", Text(type.Name)), ("values", List(type.Values)));

    private static string Map(MapModel map) => Block(
        ("name", Text(map.Name)),
        ("source", Place(map.Source)),
        ("target", Place(map.Target)),
        ("twoWay", Flag(map.IsTwoWay)),
        ("columns", Lines(map.Columns.Select(static column => Line(("source", Optional(column.Source)), ("target", Text(column.Target)))))));

    private static string Place(MappedTable table) => Line(("database", Name(table.Database)), ("schema", Text(table.Schema)), ("name", Text(table.Name)));

    private static string Name(Database database) => Text(MigrationId.FolderOf(database));

    private static string Text(string text) => "\"" + JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping) + "\"";

    private static string? Optional(string? text) => text is null ? null : Text(text);

    private static string? Flag(bool flag) => flag ? "true" : null;

    private static string List(IEnumerable<string> texts) => "[" + string.Join(", ", texts.Select(Text)) + "]";

    private static string? Lines(IEnumerable<string> items)
        => string.Join(",\n", items) is { Length: > 0 } text ? "[\n    " + text.Replace("\n", "\n    ", StringComparison.Ordinal) + "\n]" : null;

    private static string Line(params ReadOnlySpan<(string Name, string? Json)> parts) => "{ " + Join(", ", parts) + " }";

    private static string Block(params ReadOnlySpan<(string Name, string? Json)> parts) => "{\n    " + Join(",\n    ", parts) + "\n}";

    private static string Join(string separator, ReadOnlySpan<(string Name, string? Json)> parts)
    {
        var present = new List<string>();
        foreach (var (name, json) in parts)
        {
            if (json is not null)
            {
                present.Add($"\"{name}\": {json.Replace("\n", "\n    ", StringComparison.Ordinal)}");
            }
        }

        return string.Join(separator, present);
    }
}
