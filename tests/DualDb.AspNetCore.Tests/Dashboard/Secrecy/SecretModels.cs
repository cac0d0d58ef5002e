using DualDb.Consistency.Events;
using DualDb.Consistency.Sagas;
using DualDb.Consistency.Sync;

namespace DualDb.AspNetCore.Tests.Dashboard.Secrecy;

/// <summary>Of which the key is a secret itself.</summary>
[Neon("badges")]
[Sync(To = Database.Supabase, Table = "badge_copies")]
public sealed partial record Badge([property: Key, Sensitive] string Code, [property: Sensitive] string Pin, int Level);

/// <summary>Refers to one across the databases, where nothing keeps it from referring to none.</summary>
[Supabase("loans")]
public sealed partial record Loan([property: Key] Guid Id, [property: References<Badge>, Sensitive] string BadgeCode);

[DomainEvent("badge.spoilt")]
public sealed partial record BadgeSpoilt(Guid Id, [property: Sensitive] string Pin);

/// <summary>Fails with a server's words, which repeat what it was given.</summary>
[EventHandler(MaxAttempts = 1)]
public sealed class ReadPin(MemoDb db) : IEventHandler<BadgeSpoilt>
{
    public async Task HandleAsync(BadgeSpoilt domainEvent, EventContext context, CancellationToken cancellationToken)
        => await db.Neon.ExecuteScalarAsync<int>($"select ({domainEvent.Pin}::text)::int", cancellationToken);
}

public sealed partial record BadgeOrder(Guid Id, [property: Sensitive] string Pin);

public sealed partial record BadgeMade(Guid Id, [property: Sensitive] string Code);

/// <summary>Keeps a secret with its input, one with a result, and fails with a third in the words of the server.</summary>
[Saga("badge")]
public sealed partial class BadgeSaga(MemoDb db)
{
    [Step(1)]
    private Task<BadgeMade> Make(BadgeOrder input, NeonTransaction tx, CancellationToken ct) => Task.FromResult(new BadgeMade(input.Id, "made-" + input.Pin));

    [Compensates(nameof(Make)), Retry(1)]
    private async Task Unmake(BadgeMade made, NeonTransaction tx, CancellationToken ct) => await db.Neon.ExecuteScalarAsync<int>($"select ({made.Code}::text)::int", ct);

    [Step(2), Retry(1)]
    private async Task<int> Read(BadgeOrder input, SupabaseTransaction tx, CancellationToken ct) => await db.Supabase.ExecuteScalarAsync<int>($"select ({input.Pin}::text)::int", ct);
}
