using System.Reflection;
using DualDb.Migrations.Files;
using DualDb.Migrations.Model;
using DualDb.Migrations.Model.Reading;
using DualDb.Schema;

namespace DualDb.Migrations.Moving;

/// <summary>Whether keys of a table may stand in messages, by the models of the root's assembly. What none of them knows is not shown: nobody can say what is in it.</summary>
internal static class KeyVisibility
{
    /// <summary>Stands for keys that are not shown.</summary>
    public const string Masked = "*** (keys are shown of tables that the model knows, and marks no column of the key of as [Sensitive])";

    /// <summary>Looks.</summary>
    /// <param name="root">The root.</param>
    /// <param name="move">The table, under the name of either database.</param>
    public static bool Of(IDualDatabase root, TableMove move)
        => Of(root.GetType().Assembly.GetCustomAttributes<ModelSchemaAttribute>().Select(static schema => ModelReader.Read(schema.Json, schema.Root).Model), move);

    /// <summary>Looks into some models.</summary>
    public static bool Of(IEnumerable<SchemaModel> models, TableMove move)
    {
        var known = models.SelectMany(static model => model.Tables).Where(table => Is(table, move.From) || Is(table, move.To)).ToList();
        return known.Count > 0 && known.TrueForAll(static table => !table.Columns.Any(column => column.IsSensitive && table.PrimaryKey.Contains(column.Name, StringComparer.Ordinal)));
    }

    private static bool Is(TableModel table, TableName name) => string.Equals(table.Schema, name.Schema, StringComparison.Ordinal) && string.Equals(table.Name, name.Name, StringComparison.Ordinal);
}
