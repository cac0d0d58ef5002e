using System.Data.Common;
using System.Diagnostics;

namespace DualDb.OpenTelemetry;

/// <summary>
/// Has Npgsql's spans tell of a failed statement by type and SQLSTATE. By itself it records the message too, in which PostgreSQL quotes the value that it could not take; traces go to other hosts, and what is
/// sensitive must not.
/// </summary>
internal static class StatementFailures
{
    // It samples nothing, so that without a real listener no activity is made for its sake.
    private static readonly ActivityListener Listener = new()
    {
        ShouldListenTo = static source => string.Equals(source.Name, "Npgsql", StringComparison.Ordinal),
        ExceptionRecorder = Record,
    };

    /// <summary>Listens from now on. Once for a process, however often it is asked for.</summary>
    public static void Listen() => ActivitySource.AddActivityListener(Listener);

    // What is there is not added by whoever records the exception.
    private static void Record(Activity activity, Exception exception, ref TagList tags)
    {
        var type = exception.GetType().FullName;
        tags.Add("exception.type", type);
        tags.Add("exception.message", (exception as DbException)?.SqlState is { } state ? $"{type} {state}" : type);
        tags.Add("exception.stacktrace", exception.StackTrace ?? "");
    }
}
