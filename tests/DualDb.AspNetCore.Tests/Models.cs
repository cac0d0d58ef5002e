namespace DualDb.AspNetCore.Tests;

[Supabase("memos")]
public sealed partial record Memo([property: Key] Guid Id, Guid OwnerId, string Text);

[DualDatabase]
public partial class MemoDb;
