using DualDb.Consistency.Sync;

namespace DualDb.AspNetCore.Tests;

[Supabase("memos")]
public sealed partial record Memo([property: Key] Guid Id, Guid OwnerId, string Text);

[Neon("notes")]
[Sync(To = Database.Supabase, Table = "note_copies")]
public sealed partial record Note([property: Key] Guid Id, string Text);

[DualDatabase]
public partial class MemoDb;
