using System.Text.Json;
using System.Text.Json.Serialization;
using DualDb.Benchmarks.Measuring;
using DualDb.Benchmarks.Scorecard;
using DualDb.Benchmarks.Setup;
using DualDb.Benchmarks.Shop;
using DualDb.Caching;

namespace DualDb.Benchmarks.Experiments;

/// <summary>A row as bytes and back: the generated codec against source-generated System.Text.Json.</summary>
internal sealed partial class CachePayloads : IExperiment
{
    private const int Calls = 10_000;

    private static readonly Payload Row = new()
    {
        Id = 4_711,
        UserId = Guid.Parse("5f0c8a2e-6f0b-4b43-9b6b-2f6f7a1c9d11"),
        Status = OrderStatus.Shipped,
        Total = 129.95m,
        Note = "Leave it with the neighbours",
        PlacedAt = new DateTimeOffset(2026, 3, 14, 9, 26, 53, TimeSpan.Zero).AddTicks(5_897_930),
        UpdatedAt = new DateTimeOffset(2026, 3, 15, 18, 0, 1, TimeSpan.Zero).AddTicks(1_234_560),
        Version = 3,
    };

    public IReadOnlyList<string> Ids { get; } = ["codec_time", "codec_size"];

    public async Task<IReadOnlyList<Finding>> RunAsync(Laboratory laboratory, CancellationToken cancellationToken)
    {
        var contest = new Contest(Calls, warmUp: TimeSpan.FromSeconds(3), duration: TimeSpan.FromSeconds(5), leastRounds: 31);
        var result = await contest.RunAsync(
            cancellationToken,
            new Contestant("codec", static (_, calls) =>
            {
                for (var call = 0; call < calls; call++)
                {
                    Expect.Found(Decode(Encode()));
                }

                return Task.CompletedTask;
            }),
            new Contestant("json", static (_, calls) =>
            {
                for (var call = 0; call < calls; call++)
                {
                    Expect.Found(JsonSerializer.Deserialize(JsonSerializer.SerializeToUtf8Bytes(Row, Json.Default.Payload), Json.Default.Payload));
                }

                return Task.CompletedTask;
            }));
        var (size, json) = (Encode().Length, JsonSerializer.SerializeToUtf8Bytes(Row, Json.Default.Payload).Length);
        return
        [
            new("codec_time", result.TimeRatio("codec", "json"))
            {
                Note = Note.Both(result, "codec", "json"),
                Fault = Decode(Encode()) == Row ? null : "the row came back changed",
            },
            new("codec_size", (double)size / json) { Note = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{size} B, {json} B") },
        ];
    }

    private static byte[] Encode()
    {
        var writer = new PayloadWriter(256);
        try
        {
            PayloadMap.Encode(ref writer, Row);
            return writer.Written.ToArray();
        }
        finally
        {
            writer.Dispose();
        }
    }

    private static Payload Decode(byte[] bytes)
    {
        var reader = new PayloadReader(bytes);
        return PayloadMap.Decode(ref reader);
    }

    [JsonSerializable(typeof(Payload))]
    private sealed partial class Json : JsonSerializerContext;
}
