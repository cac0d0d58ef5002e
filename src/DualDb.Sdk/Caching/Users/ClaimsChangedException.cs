namespace DualDb.Caching;

/// <summary>A token with other claims came while something was read. Never leaves the SDK: the reading begins anew.</summary>
internal sealed class ClaimsChangedException() : Exception("A token with other claims came while something was read.");
