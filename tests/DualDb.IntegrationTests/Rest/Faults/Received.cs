namespace DualDb.IntegrationTests.Rest.Faults;

/// <summary>A request that a scripted server received.</summary>
/// <param name="Method">The method.</param>
/// <param name="Address">The path and the query.</param>
/// <param name="Headers">The headers, by names in lower case.</param>
/// <param name="At">When it came, by the system's stopwatch.</param>
internal sealed record Received(string Method, string Address, IReadOnlyDictionary<string, string> Headers, long At)
{
    public bool IsRead => Method is "GET" or "HEAD";

    public string? Token => Headers.GetValueOrDefault("authorization")?["Bearer ".Length..];
}
