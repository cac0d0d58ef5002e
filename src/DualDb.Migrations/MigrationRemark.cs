namespace DualDb.Migrations;

/// <summary>Something that whoever runs a plan should know, and that is in nobody's way.</summary>
/// <param name="Database">The database.</param>
/// <param name="Message">What, as a sentence.</param>
public sealed record MigrationRemark(Database Database, string Message);
