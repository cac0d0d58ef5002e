namespace DualDb.Migrations;

/// <summary>One transaction of an <see cref="IDataMigration"/>.</summary>
public sealed class MigrationBatch
{
    internal MigrationBatch(IDualDatabase root, DatabaseTransaction transaction, string? cursor)
    {
        Root = root;
        Transaction = transaction;
        Cursor = cursor;
    }

    /// <summary>What the batch before has returned; null for the first batch.</summary>
    public string? Cursor { get; }

    /// <summary>Both databases, for reading what the batch needs. What is written by this and not by the transaction is not undone with it.</summary>
    public IDualDatabase Root { get; }

    /// <summary>The transaction in the migration's database; it is committed with the cursor when the batch returns. Do not end it.</summary>
    public DatabaseTransaction Transaction { get; }

    /// <summary>The transaction, for repositories of Neon.</summary>
    /// <exception cref="InvalidOperationException">The migration is one of Supabase.</exception>
    public NeonTransaction Neon
        => Transaction as NeonTransaction ?? throw new InvalidOperationException("This migration writes to Supabase: use batch.Supabase, or give it an id of Neon.");

    /// <summary>The transaction, for repositories of Supabase.</summary>
    /// <exception cref="InvalidOperationException">The migration is one of Neon.</exception>
    public SupabaseTransaction Supabase
        => Transaction as SupabaseTransaction ?? throw new InvalidOperationException("This migration writes to Neon: use batch.Neon, or give it an id of Supabase.");
}
