using System.Collections.Frozen;
using Npgsql;

namespace DualDb.Connections;

/// <summary>What a vendor's own error means for a retry.</summary>
internal enum VendorVerdict
{
    /// <summary>The error is PostgreSQL's, and its SQLSTATE decides.</summary>
    None,

    /// <summary>It may pass, and the statement never reached a server.</summary>
    TransientBeforeExecution,

    /// <summary>It may pass, but a statement that was under way may have been applied.</summary>
    TransientDuringExecution,

    /// <summary>It will not pass by itself.</summary>
    Permanent,
}

/// <summary>
/// The errors of what stands before PostgreSQL: Neon's proxy and Supavisor answer with SQLSTATE XX000 and PgBouncer with 08P01, so that
/// only the text tells them apart.
/// </summary>
internal static class VendorErrors
{
    /// <summary>Supavisor writes <c>(CODE) message</c> (supabase/supavisor, lib/supavisor/errors).</summary>
    private static readonly FrozenDictionary<string, VendorVerdict> Supavisor = new Dictionary<string, VendorVerdict>(StringComparer.Ordinal)
    {
        ["EMAXCONN"] = VendorVerdict.TransientBeforeExecution,
        ["EMAXCONNSESSION"] = VendorVerdict.TransientBeforeExecution,
        ["ECHECKOUTTIMEOUT"] = VendorVerdict.TransientBeforeExecution,
        ["ECHECKOUTRETRIES"] = VendorVerdict.TransientBeforeExecution,
        ["ECHECKOUTFAILED"] = VendorVerdict.TransientBeforeExecution,
        ["EPOOLTERMINATING"] = VendorVerdict.TransientBeforeExecution,
        ["ESUBSCRIBERETRIES"] = VendorVerdict.TransientBeforeExecution,
        ["EDBHANDLEREXITED"] = VendorVerdict.TransientDuringExecution,

        // Lifted only after minutes, and every attempt prolongs it: a retry within the same call can but harm.
        ["ECIRCUITBREAKER"] = VendorVerdict.Permanent,
        ["ENOTFOUND"] = VendorVerdict.Permanent,
        ["EBANNED"] = VendorVerdict.Permanent,
        ["EADDRNOTALLOWED"] = VendorVerdict.Permanent,
        ["ESSLREQUIRED"] = VendorVerdict.Permanent,
        ["EWRONGPASSWORD"] = VendorVerdict.Permanent,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Texts under XX000; the permanent ones come first, since they decide.</summary>
    private static readonly (string Text, VendorVerdict Verdict)[] Internal =
    [
        ("exceeded the compute time quota", VendorVerdict.Permanent),
        ("exceeded the data transfer quota", VendorVerdict.Permanent),
        ("password authentication failed", VendorVerdict.Permanent),
        ("endpoint could not be found", VendorVerdict.Permanent),
        ("Couldn't connect to compute node", VendorVerdict.TransientBeforeExecution),
        ("Control plane request failed", VendorVerdict.TransientBeforeExecution),
        ("Failed to acquire permit to connect", VendorVerdict.TransientBeforeExecution),
        ("Too many connections attempts", VendorVerdict.TransientBeforeExecution),
        ("MaxClientsInSessionMode", VendorVerdict.TransientBeforeExecution),
        ("max clients reached", VendorVerdict.TransientBeforeExecution),
    ];

    /// <summary>PgBouncer's texts under 08P01 (pgbouncer/pgbouncer, src/objects.c and src/client.c).</summary>
    private static readonly (string Text, VendorVerdict Verdict)[] PgBouncer =
    [
        ("no more connections allowed", VendorVerdict.TransientBeforeExecution),
        ("query_wait_timeout", VendorVerdict.TransientBeforeExecution),
        ("cannot connect to server", VendorVerdict.TransientBeforeExecution),
        ("server login has been failing", VendorVerdict.TransientBeforeExecution),
        ("client_login_timeout", VendorVerdict.TransientBeforeExecution),
        ("server conn crashed", VendorVerdict.TransientDuringExecution),
        ("server closed the connection", VendorVerdict.TransientDuringExecution),
        ("the database system is shutting down", VendorVerdict.TransientDuringExecution),
        ("unsupported startup parameter", VendorVerdict.Permanent),
    ];

    /// <summary>Judges an error.</summary>
    public static VendorVerdict Judge(PostgresException exception)
        => exception.SqlState switch
        {
            PostgresErrorCodes.InternalError => CodeOf(exception.MessageText) is { } code && Supavisor.TryGetValue(code, out var verdict)
                ? verdict
                : Find(Internal, exception.MessageText),
            PostgresErrorCodes.ProtocolViolation => Find(PgBouncer, exception.MessageText),
            _ => VendorVerdict.None,
        };

    /// <summary>The code of Supavisor's in a text such as <c>(EMAXCONN) max clients reached</c>; null where there is none.</summary>
    public static string? CodeOf(string text)
    {
        var open = text.IndexOf("(E", StringComparison.Ordinal);
        var close = open < 0 ? -1 : text.IndexOf(')', open);
        return close < 0 ? null : text[(open + 1)..close];
    }

    private static VendorVerdict Find((string Text, VendorVerdict Verdict)[] table, string text)
    {
        foreach (var (known, verdict) in table)
        {
            if (text.Contains(known, StringComparison.OrdinalIgnoreCase))
            {
                return verdict;
            }
        }

        return VendorVerdict.None;
    }
}
