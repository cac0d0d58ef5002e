namespace DualDb.Consistency.Sync.Applying;

/// <summary>A row was written between being looked at and being decided on. The page is applied again.</summary>
internal sealed class RowMovedException() : Exception("A row was written meanwhile.");
