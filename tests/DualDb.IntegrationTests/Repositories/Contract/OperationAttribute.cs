namespace DualDb.IntegrationTests.Repositories.Contract;

/// <summary>What a shape must have for an operation to make sense.</summary>
[Flags]
internal enum Needs
{
    Nothing = 0,
    GeneratedKey = 1,
    Version = 2,
    SoftDelete = 4,
    Times = 8,
    Listings = 16,
    Finders = 32,

    /// <summary>Each read goes to the database.</summary>
    NoCache = 64,

    /// <summary>The database is reached over SQL: transactions, and calls that are single statements.</summary>
    Sql = 128,
}

/// <summary>Marks a method of the contract that is a test for each shape.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OperationAttribute(Needs needs = Needs.Nothing) : Attribute
{
    public Needs Needs { get; } = needs;
}
