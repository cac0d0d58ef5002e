namespace DualDb.Caching;

/// <summary>Writes values as payloads, and reads them back.</summary>
internal interface IPayloadCodec<TValue>
    where TValue : class
{
    void Encode(ref PayloadWriter writer, TValue value);

    TValue Decode(ref PayloadReader reader);
}
