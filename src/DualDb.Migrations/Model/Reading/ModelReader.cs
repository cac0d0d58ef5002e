using System.Text.Json;

namespace DualDb.Migrations.Model.Reading;

/// <summary>Reads schemas from JSON.</summary>
internal static class ModelReader
{
    public const int Format = 1;

    /// <summary>The schema, with those of referenced projects, and the last migrations that it names.</summary>
    /// <exception cref="SchemaModelException">The text is no schema.</exception>
    public static (SchemaModel Model, IReadOnlyList<string> Last) Read(string json, string place)
    {
        if (json.Contains("<<<<<<<", StringComparison.Ordinal) && json.Contains(">>>>>>>", StringComparison.Ordinal))
        {
            throw new SchemaModelException(
                $"{place} holds marks of a merge that was not finished. Take the side of the branch that you merge into, remove the migration files of the other one, and add its migration again.");
        }

        try
        {
            var document = JsonSerializer.Deserialize(json, ModelJson.Default.ModelDocument) ?? throw new JsonException("It is null.");
            return document.Format == Format
                ? (ModelOf(document), document.Last ?? [])
                : throw new SchemaModelException($"{place} has the format {document.Format}, and this version of DualDb.Migrations knows {Format}. Use the same version of the DualDb packages and tools.");
        }
        catch (JsonException fault)
        {
            throw new SchemaModelException($"{place} is not the schema of a model: {fault.Message}", fault);
        }
    }

    private static SchemaModel ModelOf(ModelDocument document)
    {
        var all = All(document).ToList();
        return new SchemaModel
        {
            Tables = Ordered(all.SelectMany(static one => one.Tables ?? []), static table => table.Key),
            Enums = Ordered(all.SelectMany(static one => one.Enums ?? []), static type => type.Key),
            Maps = [.. all.SelectMany(static one => one.Maps ?? []).DistinctBy(static map => map.Name, StringComparer.Ordinal).OrderBy(static map => map.Name, StringComparer.Ordinal)],
        };
    }

    private static IEnumerable<ModelDocument> All(ModelDocument document) => (document.Includes ?? []).SelectMany(All).Prepend(document);

    internal static IReadOnlyList<T> Ordered<T>(IEnumerable<T> items, Func<T, (Database Database, string Schema, string Name)> key)
        => [.. items.DistinctBy(key).OrderBy(item => key(item).Database).ThenBy(item => key(item).Schema, StringComparer.Ordinal).ThenBy(item => key(item).Name, StringComparer.Ordinal)];
}
