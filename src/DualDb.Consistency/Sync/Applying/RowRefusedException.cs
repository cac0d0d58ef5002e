namespace DualDb.Consistency.Sync.Applying;

/// <summary>A row could not be decided on: the resolver failed, or a counter holds no number. It is put aside, as one that the target refuses.</summary>
internal sealed class RowRefusedException(string message, Exception? inner) : Exception(message, inner);
