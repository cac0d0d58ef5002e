using System.Net.Sockets;
using System.Security.Authentication;
using Npgsql;

namespace DualDb.Connections;

/// <summary>Explains why no connection could be had: where, why, and what to do, without a password.</summary>
internal static class OpenFailure
{
    /// <summary>The exception to raise; the same instance where it is one of ours.</summary>
    public static Exception Explain(Exception exception, Database database, ConnectionPool pool)
    {
        if (exception is DualDbException or ObjectDisposedException)
        {
            return exception;
        }

        var settings = pool.Settings;
        var (cause, nextStep) = Describe(exception, database, settings);
        return new DatabaseUnavailableException($"{database} at {settings.Endpoint} {cause} {nextStep}", exception) { Database = database };
    }

    private static (string Cause, string NextStep) Describe(Exception exception, Database database, ConnectionSettings settings)
    {
        var option = OptionNames.Option(database, nameof(DatabaseOptions.ConnectionString));
        return exception switch
        {
            PostgresException refused => DescribeRefusal(refused, database, settings),
            _ when TransientErrors.IsPoolExhausted(exception) => (
                $"had no free connection in time: all {settings.MaxPoolSize} of the pool are in use.",
                $"Dispose transactions and streams as soon as they are done, or raise {OptionNames.Option(database, nameof(DatabaseOptions.MaxPoolSize))}."),
            { InnerException: AuthenticationException } => (
                "could not agree on TLS with us: " + Sentence(exception.InnerException.Message),
                $"Check the SSL mode and the root certificate in {option}."),
            { InnerException: SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData } } => (
                "is a host that no name server knows.",
                $"Check the host's spelling in {option}, and this machine's name resolution (a host with IPv6 addresses only needs a network with IPv6)."),
            { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused } } => (
                "refused the connection: nothing listens there.",
                $"Start the server, or correct host and port in {option}."),
            { InnerException: TimeoutException } or TimeoutException => (
                "did not answer in time.",
                $"Check host, port and firewall in {option}, or raise {OptionNames.Option(database, nameof(DatabaseOptions.ConnectTimeout))}."),
            _ => ("could not be connected to: " + Sentence((exception.InnerException ?? exception).Message), $"Check {option} and the network between."),
        };
    }

    private static (string Cause, string NextStep) DescribeRefusal(PostgresException refused, Database database, ConnectionSettings settings)
    {
        var option = OptionNames.Option(database, nameof(DatabaseOptions.ConnectionString));
        var words = $"({refused.SqlState}: {refused.MessageText}).";
        return refused.SqlState switch
        {
            PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => (
                $"refused the login of role {settings.Username} {words}",
                $"Check user name and password in {option}; a password with special characters must be percent-encoded in a URI."),
            PostgresErrorCodes.InvalidCatalogName => (
                $"has no database {settings.DatabaseName ?? settings.Username} {words}",
                $"Correct the database's name in {option}."),
            PostgresErrorCodes.TooManyConnections => (
                $"accepts no more connections {words}",
                $"Lower {OptionNames.Option(database, nameof(DatabaseOptions.MaxPoolSize))}, or use the vendor's pooled endpoint."),
            PostgresErrorCodes.CannotConnectNow => ($"does not accept connections yet {words}", "Try again once it has started."),
            PostgresErrorCodes.ProtocolViolation when refused.MessageText.Contains("unsupported startup parameter", StringComparison.Ordinal) => (
                $"is a pooler that refuses a setting of the connection string {words}",
                $"Remove that setting from {option}."),
            _ when VendorErrors.Judge(refused) != VendorVerdict.None => ($"is not available {words}", VendorAdvice(refused, option)),
            _ => ($"refused the connection {words}", $"Check {option}."),
        };
    }

    private static string VendorAdvice(PostgresException refused, string option)
        => VendorErrors.CodeOf(refused.MessageText) switch
        {
            "ENOTFOUND" => $"The pooler expects the user name postgres.<project ref>: check it, and the host's region, in {option}.",
            "EWRONGPASSWORD" => $"Check the password in {option}.",
            "EBANNED" or "ECIRCUITBREAKER" => $"Too many failed logins came from here: correct {option}, then wait until the vendor lifts the block.",
            "EADDRNOTALLOWED" => "Allow this machine's address in the project's network restrictions.",
            "ESSLREQUIRED" => $"Add sslmode=require to {option}.",
            _ when VendorErrors.Judge(refused) == VendorVerdict.Permanent => $"Check the project's state and quotas at the vendor, and {option}.",
            _ => "It may pass: try again later.",
        };

    private static string Sentence(string text) => text.TrimEnd().TrimEnd('.') + ".";
}
