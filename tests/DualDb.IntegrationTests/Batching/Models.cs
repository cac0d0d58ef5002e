namespace DualDb.IntegrationTests.Batching;

[Neon("theatre_tickets")]
public sealed partial record Ticket([Key] long Id, [References<Holder>] Guid HolderId);

[Supabase("theatre_holders")]
public sealed partial record Holder([Key] Guid Id, string Name, long FirstTicketId);

/// <summary>PostgreSQL pads the key with blanks, and does not compare them; .NET does.</summary>
[Neon("theatre_seats")]
public sealed partial record Seat([Key, Column(Type = "char(6)")] string Code, int Row);
