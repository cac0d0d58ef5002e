namespace DualDb.Caching;

/// <summary>How many rows a query has.</summary>
/// <param name="Value">The number.</param>
internal sealed record RowCount(long Value);

/// <summary>Writes and reads numbers of rows.</summary>
internal sealed class RowCountCodec : IPayloadCodec<RowCount>
{
    public static RowCountCodec Instance { get; } = new();

    public void Encode(ref PayloadWriter writer, RowCount value) => writer.Write(value.Value);

    public RowCount Decode(ref PayloadReader reader) => new(reader.ReadInt64());
}
