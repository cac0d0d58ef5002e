namespace DualDb.Migrations.Model.Reading;

/// <summary>Chooses among the roots of an assembly.</summary>
internal static class RootChoice
{
    public static SchemaModel Of(string place, IReadOnlyList<(string Root, string Json)> found, string? root)
    {
        var names = string.Join(", ", found.Select(static one => one.Root));
        var chosen = found.Where(one => root is null || string.Equals(one.Root, root, StringComparison.Ordinal)).ToList();
        return chosen switch
        {
            [var only] => ModelReader.Read(only.Json, $"The schema of {only.Root} in {place}").Model,
            [] when found.Count == 0 => throw new SchemaModelException($"{place} holds no schema of a model. Name the assembly that declares the root (or its entities), built with this version of DualDb.Sdk."),
            [] => throw new SchemaModelException($"{place} declares no root '{root}'. It declares {names}."),
            _ => throw new SchemaModelException($"{place} declares several roots: {names}. Name one of them."),
        };
    }
}
