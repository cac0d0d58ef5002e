using System.Runtime.InteropServices;

namespace DualDb.Caching;

/// <summary>The state of Redis at the beginning of a load: what is loaded from then on is at least as new as invalidation <paramref name="Number"/>.</summary>
/// <param name="Epoch">The epoch.</param>
/// <param name="Number">The number of the last invalidation.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SharedTicket(string Epoch, long Number);

/// <summary>What one look into Redis has found.</summary>
/// <param name="Ticket">For what is loaded because it was not found.</param>
/// <param name="Payloads">The payloads in the order of the keys; null for those that are missing or overtaken.</param>
internal sealed record SharedRead(SharedTicket Ticket, IReadOnlyList<SharedPayload?> Payloads);

/// <summary>A value offered to Redis.</summary>
/// <param name="Text">The text of the key.</param>
/// <param name="Payload">The payload.</param>
/// <param name="Lifetime">For how long Redis keeps it.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SharedFill(string Text, byte[] Payload, TimeSpan Lifetime);
