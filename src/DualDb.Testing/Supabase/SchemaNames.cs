namespace DualDb.Testing.Supabase;

/// <summary>Looks at the schemas that are to be served before anything starts.</summary>
internal static class SchemaNames
{
    // Those of PostgreSQL's, of Supabase's, and of this library's own.
    private static readonly string[] Reserved = ["information_schema", "auth", "storage", "supabase_migrations", DatabasePreparation.Schema];

    /// <exception cref="ArgumentException">There is none, or one cannot be served.</exception>
    public static void Check(IList<string> schemas)
    {
        if (schemas.Count == 0)
        {
            throw new ArgumentException("The option Schemas is empty. Name the schemas to serve, such as 'public'.", nameof(schemas));
        }

        foreach (var schema in schemas)
        {
            if (string.IsNullOrEmpty(schema) || schema.Any(char.IsControl))
            {
                throw new ArgumentException("The option Schemas holds a name that is empty or holds a control character.", nameof(schemas));
            }

            if (schema.StartsWith("pg_", StringComparison.Ordinal) || Reserved.Contains(schema, StringComparer.Ordinal))
            {
                throw new ArgumentException($"The schema '{schema}' in the option Schemas is not for tables of yours. Name another, such as 'public'.", nameof(schemas));
            }
        }
    }
}
