using DualDb.Consistency.Events;
using DualDb.Consistency.Sync;

namespace DualDb.AspNetCore.Tests;

[Supabase("memos")]
public sealed partial record Memo([property: Key] Guid Id, Guid OwnerId, string Text);

[Neon("notes")]
[Sync(To = Database.Supabase, Table = "note_copies")]
public sealed partial record Note([property: Key] Guid Id, string Text);

[Supabase("drafts")]
[CachedFor(minutes: 5)]
public sealed partial record Draft([property: Key] Guid Id, string Text);

[DualDatabase]
public partial class MemoDb;

[Supabase("topics")]
[CachedFor(minutes: 5)]
public sealed partial record Topic([property: Key] Guid Id, string Name);

/// <summary>A note was written: published in the transaction that writes it.</summary>
[DomainEvent("note.written")]
public sealed partial record NoteWritten(Guid NoteId);

/// <summary>Writes in the other database that it was.</summary>
public sealed class RememberNote(MemoDb db) : IEventHandler<NoteWritten>
{
    public async Task HandleAsync(NoteWritten written, EventContext context, CancellationToken cancellationToken)
        => await db.Memos.InsertAsync(new Memo(written.NoteId, written.NoteId, "a note was written"), context.Supabase, cancellationToken);
}
