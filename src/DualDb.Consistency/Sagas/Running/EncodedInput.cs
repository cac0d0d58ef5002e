using DualDb.Consistency.Sagas.Definitions;

namespace DualDb.Consistency.Sagas.Running;

/// <summary>The input of an instance as it is stored.</summary>
/// <param name="Json">It.</param>
/// <param name="Hash">The hash of what it says.</param>
internal sealed record EncodedInput(string Json, string Hash)
{
    /// <exception cref="SagaRefusedException">It cannot be stored.</exception>
    public static EncodedInput Of(SagaEngine engine, SagaDefinition definition, string id, object input)
    {
        ArgumentNullException.ThrowIfNull(input);
        string json;
        try
        {
            json = definition.EncodeInput(input);
        }
        catch (Exception exception)
        {
            throw new SagaRefusedException($"The saga '{definition.Name}' of '{id}' was not started: its input cannot be written as JSON: {exception.Message}", exception) { Saga = definition.Name, Id = id };
        }

        engine.RequireSize(json, size => new SagaRefusedException(
            $"The saga '{definition.Name}' of '{id}' was not started: its input has {size} bytes of JSON, more than SagaOptions.MaxPayloadBytes. Store the large part elsewhere and hand over its key.") { Saga = definition.Name, Id = id });
        return new EncodedInput(json, CanonicalJson.Hash(json));
    }
}
