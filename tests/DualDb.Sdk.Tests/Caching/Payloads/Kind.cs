using DualDb.Caching;

namespace DualDb.Sdk.Tests.Caching.Payloads;

/// <summary>One type that payloads hold: values of it, and how it is written, read and compared.</summary>
public abstract class Kind(string name)
{
    public string Name { get; } = name;

    /// <summary>Payloads of one value each: those at the ends of the type, then random ones.</summary>
    public abstract IEnumerable<byte[]> Payloads(Random random, int count);

    /// <summary>Writes a value, reads it back, and says both so that no difference is lost.</summary>
    public abstract IEnumerable<(string Written, string Read)> RoundTrips(Random random, int count);

    /// <summary>Reads one value, and asks for the end of the payload.</summary>
    public abstract void Read(byte[] payload);

    public override string ToString() => Name;
}

internal sealed class Kind<T>(string name, T[] edges, Func<Random, T> make, PayloadItemWriter<T> write, PayloadItemReader<T> read, Func<T, string> show) : Kind(name)
{
    public override IEnumerable<byte[]> Payloads(Random random, int count) => Values(random, count).Select(Write);

    public override IEnumerable<(string Written, string Read)> RoundTrips(Random random, int count)
        => Values(random, count).Select(value => (show(value), show(ReadValue(Write(value)))));

    public override void Read(byte[] payload) => ReadValue(payload);

    private IEnumerable<T> Values(Random random, int count) => [.. edges, .. Enumerable.Range(0, count).Select(_ => make(random))];

    private byte[] Write(T value)
    {
        var writer = new PayloadWriter(1);
        try
        {
            write(ref writer, value);
            return writer.Written.ToArray();
        }
        finally
        {
            writer.Dispose();
        }
    }

    private T ReadValue(byte[] payload)
    {
        var reader = new PayloadReader(payload);
        var value = read(ref reader);
        reader.End();
        return value;
    }
}
