using System.Text.Json.Serialization;

namespace DualDb.Benchmarks.Shop;

/// <summary>What a user did: the row of the lists over REST, with the names by which System.Text.Json finds its members.</summary>
[Supabase("visits", Schema = "bench")]
public sealed partial record Visit
{
    [Key] [JsonPropertyName("id")] public required long Id { get; init; }
    [JsonPropertyName("user_id")] public required Guid UserId { get; init; }
    [JsonPropertyName("kind")] public required string Kind { get; init; }
    [JsonPropertyName("city")] public required string City { get; init; }
    [JsonPropertyName("country")] public required string Country { get; init; }
    [JsonPropertyName("device")] public string? Device { get; init; }
    [JsonPropertyName("at")] public required DateTimeOffset At { get; init; }
    [JsonPropertyName("succeeded")] public required bool Succeeded { get; init; }
}
