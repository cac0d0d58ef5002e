using System.Globalization;
using System.Net;
using Npgsql;

namespace DualDb.Testing.Supabase;

/// <summary>A superuser's login to a database of this machine, in both of the forms that are needed.</summary>
internal sealed record DatabaseAddress(string Host, int Port, string Database, string UserName, string Password)
{
    private static readonly string[] Schemes = ["postgres://", "postgresql://"];

    /// <summary>Npgsql keywords.</summary>
    public string ConnectionString =>
        new NpgsqlConnectionStringBuilder { Host = Host, Port = Port, Database = Database, Username = UserName, Password = Password }.ConnectionString;

    /// <summary>A URI, every part percent-encoded.</summary>
    public string Uri => string.Create(
        CultureInfo.InvariantCulture,
        $"postgres://{System.Uri.EscapeDataString(UserName)}:{System.Uri.EscapeDataString(Password)}@{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}:{Port}/{System.Uri.EscapeDataString(Database)}");

    /// <exception cref="ArgumentException">The text is no connection string, or names no database of this machine.</exception>
    public static DatabaseAddress Parse(string connectionString)
    {
        var address = Array.Exists(Schemes, scheme => connectionString.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
            ? FromUri(connectionString)
            : FromKeywords(connectionString);
        if (!IsLoopback(address.Host))
        {
            throw new ArgumentException(
                $"The option ConnectionString names the host '{address.Host}'. Roles and grants are changed in the database, so that only one of this machine is taken: 127.0.0.1, ::1 or localhost.",
                nameof(connectionString));
        }

        return address;
    }

    private static DatabaseAddress FromUri(string text)
    {
        if (!System.Uri.TryCreate(text, UriKind.Absolute, out var uri))
        {
            // Without the text, which holds a password.
            throw new ArgumentException("The option ConnectionString is no URI of the form postgres://user:password@127.0.0.1:port/database.", nameof(text));
        }

        var user = uri.UserInfo.Split(':', 2).Select(System.Uri.UnescapeDataString).ToArray();
        var database = System.Uri.UnescapeDataString(uri.AbsolutePath.TrimStart('/'));
        return Complete(uri.Host.Trim('[', ']'), uri.Port < 0 ? 5432 : uri.Port, database, user[0], user.Length > 1 ? user[1] : "");
    }

    private static DatabaseAddress FromKeywords(string text)
    {
        var keywords = ParseKeywords(text);
        return Complete(keywords.Host ?? "", keywords.Port, keywords.Database ?? "", keywords.Username ?? "", keywords.Password ?? "");
    }

    private static NpgsqlConnectionStringBuilder ParseKeywords(string text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidOperationException)
        {
            // Without the cause, which may quote what holds a password.
            throw Malformed(nameof(text));
        }
    }

    private static ArgumentException Malformed(string parameter) =>
        new("The option ConnectionString is neither of the form Host=127.0.0.1;Username=…;Password=… nor a URI postgres://user:password@127.0.0.1:port/database.", parameter);

    private static DatabaseAddress Complete(string host, int port, string database, string userName, string password) =>
        userName.Length == 0
            ? throw new ArgumentException("The option ConnectionString names no user. Name a superuser, as LocalPostgres.ConnectionString does.", nameof(userName))
            : new DatabaseAddress(host, port, database.Length == 0 ? userName : database, userName, password);

    private static bool IsLoopback(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
