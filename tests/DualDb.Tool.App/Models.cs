using DualDb.Consistency.Events;
using DualDb.Consistency.Sync;

namespace DualDb.Tool.App;

/// <summary>Where rows come from.</summary>
[Neon("members")]
internal sealed partial record Member
{
    [Key] public required long Id { get; init; }
    public required string Name { get; init; }
    public int? Seen { get; init; }
}

/// <summary>Where they go.</summary>
[Supabase("profiles")]
internal sealed partial record Profile
{
    [Key] public required long Id { get; init; }
    public required string Name { get; init; }
}

[SyncMap<Member, Profile>]
internal static class Members;

[DomainEvent("member.joined")]
internal sealed partial record MemberJoined(long Member, [Sensitive] string Email);

/// <summary>Never succeeds.</summary>
[EventHandler(MaxAttempts = 1)]
internal sealed class Greet : IEventHandler<MemberJoined>
{
    public Task HandleAsync(MemberJoined domainEvent, EventContext context, CancellationToken cancellationToken) => throw new InvalidOperationException("the mail server is away");
}

[DualDatabase]
internal partial class AppDb;
