namespace DualDb.Rest;

/// <summary>One request, as often as it is sent.</summary>
/// <param name="Method">The method; GET and HEAD alone are repeated.</param>
/// <param name="Path">The table, or <c>rpc/</c> and the function.</param>
/// <param name="Query">What is asked for.</param>
/// <param name="Schema">The schema of the table or function.</param>
internal sealed record RestRequest(HttpMethod Method, string Path, RestQuery Query, string Schema)
{
    // Gateways take 16 KB for the request line and all headers, and tokens need their share.
    public const int LongestAddress = 8_000;

    /// <summary>The preferences, separated by commas; null for none.</summary>
    public string? Prefer { get; init; }

    /// <summary>The JSON that is sent; null for none.</summary>
    public ReadOnlyMemory<byte>? Body { get; init; }

    public bool Writes { get; init; }

    /// <summary>The address without the host, for traces and messages: it holds values, so that it is not logged.</summary>
    /// <exception cref="LongAddressException">It is longer than servers take.</exception>
    public string Address()
    {
        var address = Path + Query.Text();
        return address.Length <= LongestAddress ? address : throw TooLong(address.Length);
    }

    private static LongAddressException TooLong(int length)
        => new(
            $"The conditions make an address of {length} characters, and REST takes {LongestAddress} at most. Use fewer or shorter values: a list in In(...) that every row must meet is sent "
            + "in parts by itself, where order and limit do not matter. Or set DualDbOptions.Supabase.ConnectionString, which reaches the database over SQL.");
}
