using DualDb.Consistency.Events;
using DualDb.Consistency.Sagas;
using DualDb.Consistency.Sync;

namespace DualDb.AspNetCore.Tests.Dashboard.Operating;

/// <summary>Written on both sides; conflicts wait for an operator.</summary>
[Neon("wishes")]
[Sync(To = Database.Supabase, Table = "wish_copies", Direction = SyncDirection.TwoWay, OnConflict = ConflictPolicy.Manual)]
public sealed partial record Wish([property: Key] Guid Id, string Text, int Priority, [property: Sensitive] string Giver);

[DomainEvent("memo.written")]
public sealed partial record MemoWritten(long Number, string Author, [property: Sensitive] string Phone);

/// <summary>Leaves a memo for each event.</summary>
public sealed class FileMemo(MemoDb db) : IEventHandler<MemoWritten>
{
    public Task HandleAsync(MemoWritten domainEvent, EventContext context, CancellationToken cancellationToken)
        => db.Memos.InsertAsync(new Memo(Guid.NewGuid(), Guid.Empty, $"{domainEvent.Number} {domainEvent.Author} {domainEvent.Phone}"), context.Supabase, cancellationToken);
}

public sealed partial record MemoOrder(Guid Id, string Text, [property: Sensitive] string Phone);

/// <summary>A note in Neon, then a memo in Supabase.</summary>
[Saga("memo")]
public sealed partial class MemoSaga(MemoDb db)
{
    [Step(1)]
    private Task<Note> Write(MemoOrder input, NeonTransaction tx, CancellationToken ct) => db.Notes.InsertAsync(new Note(input.Id, input.Text), tx, ct);

    [Compensates(nameof(Write))]
    private async Task Tear(Note note, NeonTransaction tx, CancellationToken ct) => await db.Notes.DeleteAsync(note.Id, tx, ct);

    [Step(2)]
    private async Task<string> File(MemoOrder input, SupabaseTransaction tx, CancellationToken ct)
    {
        await db.Memos.InsertAsync(new Memo(input.Id, Guid.Empty, input.Text), tx, ct);
        return "filed " + input.Text;
    }
}
