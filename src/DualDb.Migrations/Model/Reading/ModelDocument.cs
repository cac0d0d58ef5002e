using System.Text.Json.Serialization;

namespace DualDb.Migrations.Model.Reading;

/// <summary>A schema as it is written.</summary>
internal sealed record ModelDocument
{
    /// <summary>The form of the text.</summary>
    public int Format { get; init; }

    /// <summary>The last migrations that were written with it: of a snapshot.</summary>
    public IReadOnlyList<string>? Last { get; init; }

    public IReadOnlyList<TableModel>? Tables { get; init; }

    public IReadOnlyList<EnumModel>? Enums { get; init; }

    public IReadOnlyList<MapModel>? Maps { get; init; }

    /// <summary>The schemas of referenced projects.</summary>
    public IReadOnlyList<ModelDocument>? Includes { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(DatabaseName)], RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ModelDocument))]
internal sealed partial class ModelJson : JsonSerializerContext;

/// <summary>A database by the name of its folder.</summary>
internal sealed class DatabaseName() : JsonStringEnumConverter<Database>(System.Text.Json.JsonNamingPolicy.CamelCase, allowIntegerValues: false);
