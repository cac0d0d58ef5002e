namespace DualDb.Diagnostics.Calls;

/// <summary>What was called.</summary>
/// <param name="Subject">The entity or view; the database's name for SQL of the user's own.</param>
/// <param name="Operation">The public method.</param>
/// <param name="Sql">The statement. The same statement is mostly the same string.</param>
internal readonly record struct CallName(string Subject, string Operation, string Sql);
