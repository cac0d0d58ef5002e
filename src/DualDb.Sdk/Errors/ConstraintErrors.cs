using Npgsql;

namespace DualDb.Errors;

/// <summary>Class 23: integrity constraint violations.</summary>
internal static class ConstraintErrors
{
    /// <summary>The exception, or null where the error is another's.</summary>
    public static ConstraintViolationException? Translate(PostgresException answer, ErrorContext context)
    {
        ConstraintKind? kind = answer.SqlState switch
        {
            PostgresErrorCodes.UniqueViolation => ConstraintKind.Unique,
            PostgresErrorCodes.ForeignKeyViolation => ConstraintKind.ForeignKey,
            PostgresErrorCodes.NotNullViolation => ConstraintKind.NotNull,
            PostgresErrorCodes.CheckViolation => ConstraintKind.Check,
            PostgresErrorCodes.ExclusionViolation => ConstraintKind.Exclusion,
            _ => null,
        };
        if (kind is null)
        {
            return null;
        }

        var column = answer.ColumnName ?? ColumnFromName(answer, context);
        return new ConstraintViolationException($"{context.Subject}: {Describe(kind.Value, answer, context, column)} Nothing of the statement was applied.", answer)
        {
            Database = context.Database,
            Entity = context.EntityName,
            Kind = kind.Value,
            Constraint = answer.ConstraintName,
            Column = column,
        };
    }

    private static string Describe(ConstraintKind kind, PostgresException answer, ErrorContext context, string? column)
    {
        var table = context.TableOf(answer);
        var constraint = $"(constraint {answer.ConstraintName}{(column is null ? "" : $", column {column}")})";
        return kind switch
        {
            ConstraintKind.Unique =>
                $"another row of {table} already holds this value {constraint}. Choose another value, or upsert.",
            ConstraintKind.ForeignKey when answer.MessageText.StartsWith("update or delete", StringComparison.Ordinal) =>
                $"rows of {table} still refer to this one {constraint}. Delete or change those first.",
            ConstraintKind.ForeignKey =>
                $"the row that {table} refers to does not exist {constraint}. Insert that one first, or correct the reference.",
            ConstraintKind.NotNull =>
                $"column {column} of {table} accepts no NULL. Give {context.MemberOf(column ?? "")} a value, or make the column nullable.",
            ConstraintKind.Check =>
                $"the row violates a check of {table} {constraint}. Correct the values that it looks at.",
            _ => $"the row overlaps another one of {table} {constraint}. Change the values that the constraint compares.",
        };
    }

    /// <summary>
    /// PostgreSQL names no column here, but its default names for constraints do: <c>orders_email_key</c>, <c>orders_user_id_fkey</c>.
    /// </summary>
    private static string? ColumnFromName(PostgresException answer, ErrorContext context)
    {
        if (context.Entity is not { } entity || answer.ConstraintName is not { } constraint || answer.TableName is not { } table)
        {
            return null;
        }

        foreach (var column in entity.Columns)
        {
            if (constraint.Equals($"{table}_{column.Name}_key", StringComparison.Ordinal)
                || constraint.Equals($"{table}_{column.Name}_fkey", StringComparison.Ordinal)
                || constraint.Equals($"{table}_{column.Name}_check", StringComparison.Ordinal))
            {
                return column.Name;
            }
        }

        return null;
    }
}
