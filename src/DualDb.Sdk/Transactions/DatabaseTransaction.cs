using Npgsql;

namespace DualDb;

/// <summary>A transaction in one of the two databases.</summary>
public abstract class DatabaseTransaction
{
    /// <summary>The connection that carries the transaction.</summary>
    /// <exception cref="InvalidOperationException">The transaction has ended.</exception>
    internal abstract NpgsqlConnection Connection { get; }
}

/// <summary>A transaction in Neon.</summary>
public abstract class NeonTransaction : DatabaseTransaction;

/// <summary>A transaction in Supabase.</summary>
public abstract class SupabaseTransaction : DatabaseTransaction;
