namespace DualDb.Consistency.Operators;

/// <summary>Shows all: for models that mark nothing as sensitive.</summary>
internal sealed class OpenRedaction : IPayloadRedaction
{
    public string Json(string typeName, string json) => json;

    public string? Column(string entity, string column, string? value) => value;
}
