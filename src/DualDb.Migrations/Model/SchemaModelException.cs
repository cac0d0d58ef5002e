namespace DualDb.Migrations.Model;

/// <summary>The schema of a model cannot be read.</summary>
/// <param name="message">Where it was looked for, what is wrong and the next step.</param>
/// <param name="innerException">The cause, or null.</param>
public sealed class SchemaModelException(string message, Exception? innerException = null) : DualDbException(message, innerException);
