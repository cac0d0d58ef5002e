using DualDb.Connections;
using Npgsql;

namespace DualDb.Errors;

/// <summary>The database went away, or turned us away, while a statement was to run.</summary>
internal static class AvailabilityErrors
{
    /// <summary>The exception, or null where the error is another's.</summary>
    public static DatabaseUnavailableException? Translate(PostgresException answer, ErrorContext context)
    {
        var unavailable = VendorErrors.Judge(answer) != VendorVerdict.None
            || SqlStates.EndsConnection(answer.SqlState)
            || answer.SqlState.StartsWith("53", StringComparison.Ordinal)
            || answer.SqlState is PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification
                or PostgresErrorCodes.InvalidCatalogName or PostgresErrorCodes.SystemError or PostgresErrorCodes.IoError;
        return unavailable
            ? Create($"the server gave up ({answer.SqlState}: {answer.MessageText}).", answer, context)
            : null;
    }

    /// <summary>The exception for a failure of the connection itself.</summary>
    public static DatabaseUnavailableException Translate(NpgsqlException failure, ErrorContext context)
        => Create($"the connection failed ({(failure.InnerException ?? failure).Message.TrimEnd('.')}).", failure, context);

    private static DatabaseUnavailableException Create(string cause, NpgsqlException exception, ErrorContext context)
        => new(
            $"{context.Subject}: {cause} Retrying did not help, or could not be done safely. Check the database's state and the network, then repeat the call.",
            exception) { Database = context.Database, Entity = context.EntityName };
}
