namespace DualDb.Caching;

/// <summary>The rows that the entries of a space hold, where those are found by something other than the key.</summary>
/// <param name="Stamps">When rows of the table were written.</param>
/// <param name="Of">The addresses of the rows in a value.</param>
internal sealed record RowMembers<TValue>(RowStamps Stamps, Func<TValue, CacheAddress[]> Of);
