namespace DualDb.Migrations.Locks;

/// <summary>The right to change one database, until it expires.</summary>
/// <param name="Database">The database.</param>
/// <param name="Owner">Who has it.</param>
/// <param name="Token">Rises with each owner: what a former one still writes falls away.</param>
internal sealed record Lease(Database Database, Guid Owner, long Token);
