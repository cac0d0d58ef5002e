using System.Collections.Generic;
using DualDb.Generators.Model;

namespace DualDb.Generators.Emission;

/// <summary>Writes the rows that a view reads: a field per member.</summary>
internal static class ViewRowsEmitter
{
    private const string Views = "global::DualDb.Views.";

    public static void Write(SourceWriter writer, ViewSpec view, IReadOnlyList<string> fields, int index)
    {
        var rows = view.Members[index];
        var parent = view.Members[rows.Parent];
        writer.Separate();
        if (rows.Link == ViewLink.Root)
        {
            WriteRoot(writer, rows, fields[index]);
            return;
        }

        writer.Lines($"// {Explain(rows, parent)}");
        if (rows.Link == ViewLink.Referring)
        {
            WriteReferring(writer, rows, parent, fields[index], fields[rows.Parent]);
        }
        else
        {
            WriteKeyed(writer, rows, fields[index], fields[rows.Parent]);
        }
    }

    private static string Explain(ViewRowsSpec rows, ViewRowsSpec parent)
    {
        var reference = OwnerOf(rows.Reference!) + "." + rows.Reference!.Column.Member;
        return rows.Link switch
        {
            ViewLink.SameKey => $"{reference} is a key on both sides: {rows.Path} has the key of {parent.Path}.",
            ViewLink.ReferredTo => $"{reference}, a member of {parent.Path}, holds the key of {rows.Path}.",
            _ => $"{reference}, a member of {rows.Path}, holds the key of {parent.Path}.",
        };
    }

    private static string OwnerOf(ViewReferenceSpec reference) => reference.Owner.Substring(reference.Owner.LastIndexOfAny(['.', ':']) + 1);

    private static void WriteRoot(SourceWriter writer, ViewRowsSpec rows, string field)
    {
        var parts = rows.Entity.Key.Count == 1 ? "" : $", keyParts: {Identifier.Number(rows.Entity.Key.Count)}";
        writer.Lines($"private static readonly {Views}RootMember<{Types(rows.Entity)}> {field} = new({Identifier.Literal(rows.Path)}, after: {Identifier.Literal(ViewCode.After(rows.Entity))}{parts});");
    }

    private static void WriteKeyed(SourceWriter writer, ViewRowsSpec rows, string field, string parent)
    {
        var keys = rows.Link == ViewLink.SameKey
            ? parent + ".Keys"
            : $"{parent}.KeysIn({Identifier.Literal(rows.Reference!.Column.Member)}, static row => {ViewCode.Get(rows.Reference, "row")})";
        WriteField(writer, $"KeyedMember<{Types(rows.Entity)}>", field, [Identifier.Literal(rows.Path), keys], rows.SparedWith);
    }

    private static void WriteReferring(SourceWriter writer, ViewRowsSpec rows, ViewRowsSpec parent, string field, string parentField)
    {
        var column = rows.Reference!.Column;
        List<string> arguments =
        [
            Identifier.Literal(rows.Path),
            parentField,
            $"new({Identifier.Literal(Sql.ColumnSql.Name(column))}, {Identifier.Literal(ViewCode.SqlType(column))})",
            $"static row => {ViewCode.GetGiven(rows.Reference, "row")}",
        ];
        if (rows.Order.Count > 0 || rows.Take is not null)
        {
            arguments.Add("order: " + ViewCode.Order(rows));
        }

        if (rows.Take is { } take)
        {
            arguments.Add("take: " + Identifier.Number(take));
        }

        WriteField(writer, $"ReferencingMember<{Types(rows.Entity)}, {ViewCode.KeyType(parent.Entity)}>", field, arguments, rows.SparedWith);
    }

    private static void WriteField(SourceWriter writer, string type, string field, List<string> arguments, string? sparedWith)
    {
        writer.Lines($"private static readonly {Views}{type} {field} = new(");
        writer.Indented(() =>
        {
            for (var i = 0; i < arguments.Count; i++)
            {
                writer.Lines(arguments[i] + (i + 1 < arguments.Count ? "," : sparedWith is null ? ");" : ")"));
            }
        });
        if (sparedWith is not null)
        {
            writer.Open();
            writer.Lines($"SparedWith = {Identifier.Literal(sparedWith)},");
            writer.Close(";");
        }
    }

    private static string Types(ViewEntitySpec entity) => $"{entity.FullName}, {ViewCode.KeyType(entity)}, {entity.Map}";
}
