using System.Reflection;
using DualDb.Migrations.Model.Reading;
using DualDb.Schema;

namespace DualDb.Migrations.Model;

/// <summary>The schema that the entities of a root stand on, in both databases, as the generator has written it down.</summary>
public sealed record SchemaModel
{
    /// <summary>A schema without anything.</summary>
    public static SchemaModel Empty { get; } = new();

    /// <summary>The tables of both databases, ordered by database, schema and name.</summary>
    public IReadOnlyList<TableModel> Tables { get; init; } = [];

    /// <summary>The enum types.</summary>
    public IReadOnlyList<EnumModel> Enums { get; init; } = [];

    /// <summary>What is synchronised.</summary>
    public IReadOnlyList<MapModel> Maps { get; init; } = [];

    /// <summary>The schema of a root, of the assembly that declares it.</summary>
    /// <typeparam name="TRoot">The root.</typeparam>
    /// <exception cref="SchemaModelException">The assembly has none.</exception>
    public static SchemaModel Of<TRoot>()
        where TRoot : class, IDualDatabase
        => FromAssembly(typeof(TRoot).Assembly, typeof(TRoot).Name);

    /// <summary>Reads the schema from a loaded assembly.</summary>
    /// <param name="assembly">The assembly that declares the root.</param>
    /// <param name="root">The name of the root; null where the assembly declares only one.</param>
    /// <exception cref="SchemaModelException">There is none, or more than one.</exception>
    public static SchemaModel FromAssembly(Assembly assembly, string? root = null)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        return RootChoice.Of(assembly.GetName().Name ?? "The assembly", [.. assembly.GetCustomAttributes<ModelSchemaAttribute>().Select(static one => (one.Root, one.Json))], root);
    }

    /// <summary>Reads the schema from the file of a built assembly, which is not loaded, nor is anything that it needs.</summary>
    /// <param name="path">The file.</param>
    /// <param name="root">The name of the root; null where the assembly declares only one.</param>
    /// <exception cref="SchemaModelException">There is no such file, it is no assembly, or it has no schema.</exception>
    public static SchemaModel FromFile(string path, string? root = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return RootChoice.Of(path, AssemblyFile.Schemas(path), root);
    }

    /// <summary>Reads what <see cref="ToJson"/> writes.</summary>
    /// <param name="json">The text.</param>
    /// <exception cref="SchemaModelException">It is not the schema of a model.</exception>
    public static SchemaModel Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return ModelReader.Read(json, "The text").Model;
    }

    /// <summary>The schema as JSON: the same text for the same schema.</summary>
    public string ToJson() => ModelWriter.Write(this, last: []);

    internal TableModel? Find((Database Database, string Schema, string Name) key) => Tables.FirstOrDefault(table => table.Key == key);

    internal bool IsCaptured(TableModel table) => Maps.Any(map => map.Captures(table));
}
