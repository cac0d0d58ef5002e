using DualDb.Migrations.Model.Changes;

namespace DualDb.Migrations.Model.Writing;

/// <summary>Writes changes of enum types.</summary>
/// <param name="files">The files of the database.</param>
internal sealed class EnumWriter(SqlFileSet files)
{
    public void Write(EnumChange change)
    {
        var type = change.Type;
        switch (change)
        {
            case EnumCreated:
                Create(type);
                break;
            case EnumExtended extended:
                Extend(extended);
                break;
            case EnumRebuilt rebuilt:
                Rebuild(rebuilt);
                break;
            case EnumDropped:
                files.Contract.Add($"drop type {NameOf(type)};", down: null);
                break;
            default:
                throw new ArgumentException($"{change.GetType().Name} cannot be written.", nameof(change));
        }
    }

    private void Create(EnumModel type)
    {
        if (!string.Equals(type.Schema, "public", StringComparison.Ordinal))
        {
            files.Expand.Add($"create schema if not exists {SqlName.Quote(type.Schema)};", "");
        }

        files.Expand.Add(CreateType(type), $"drop type if exists {NameOf(type)};");
    }

    // A value cannot be taken back. Each has its place behind the one before it, or before the first of those that were there.
    private void Extend(EnumExtended extended)
    {
        var values = extended.Type.Values;
        for (var i = 0; i < values.Count; i++)
        {
            if (!extended.From.Values.Contains(values[i], StringComparer.Ordinal))
            {
                var place = i > 0 ? $"after {SqlName.Literal(values[i - 1])}" : extended.From.Values.Count > 0 ? $"before {SqlName.Literal(extended.From.Values[0])}" : "";
                files.Values.Add($"alter type {NameOf(extended.Type)} add value if not exists {SqlName.Literal(values[i])} {place}".TrimEnd() + ";", down: null);
            }
        }
    }

    private void Rebuild(EnumRebuilt rebuilt)
    {
        var (type, name) = (rebuilt.Type, NameOf(rebuilt.Type));
        var old = SqlName.With(type.Name, "_old");
        var lost = rebuilt.From.Values.Except(type.Values, StringComparer.Ordinal).ToList();
        var comment = lost.Count == 0
            ? "-- Values change their order, which only a new type can have."
            : $"-- Rows that hold {string.Join(", ", lost.Select(SqlName.Literal))} have to get another value before.";
        files.Contract.Add($"{comment} The tables are rewritten, and nobody reads or writes them meanwhile.\nalter type {name} rename to {SqlName.Quote(old)};", down: null).Add(CreateType(type), down: null);
        foreach (var (table, column) in rebuilt.Columns)
        {
            var (quoted, array) = (SqlName.Quote(column.Name), TypeText.IsArray(column.Type) ? "[]" : "");
            var steps = new List<string> { $"alter column {quoted} type {name}{array} using {quoted}::text{array}::{name}{array}" };
            if (column.Default is { } value)
            {
                steps.Insert(0, $"alter column {quoted} drop default");
                steps.Add($"alter column {quoted} set default {value}");
            }

            files.Contract.Add(TableSql.Alter(table, steps), down: null);
        }

        files.Contract.Add($"drop type {SqlName.Of(type.Schema, old)};", down: null);
    }

    private static string CreateType(EnumModel type) => $"create type {NameOf(type)} as enum ({string.Join(", ", type.Values.Select(SqlName.Literal))});";

    private static string NameOf(EnumModel type) => SqlName.Of(type.Schema, type.Name);
}
