using System.Diagnostics;
using Npgsql;

namespace DualDb.Diagnostics;

/// <summary>Tells a trace how something failed: by the type, the server's state and the constraint. Never by words: a server's may quote values, and traces go to other hosts.</summary>
internal static class ActivityFailure
{
    /// <summary>Marks an activity as failed.</summary>
    /// <param name="activity">The activity; null where nobody listens.</param>
    /// <param name="failure">What was raised.</param>
    public static void Set(Activity? activity, Exception failure)
    {
        if (activity is not null)
        {
            activity.SetStatus(ActivityStatusCode.Error, Describe(failure));
            activity.SetTag("error.type", failure.GetType().FullName);
        }
    }

    /// <summary><c>ConstraintViolationException 23505 orders_email_key</c>.</summary>
    public static string Describe(Exception failure)
    {
        var name = failure.GetType().Name;
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is PostgresException answer)
            {
                return answer.ConstraintName is { Length: > 0 } constraint ? $"{name} {answer.SqlState} {constraint}" : $"{name} {answer.SqlState}";
            }
        }

        return name;
    }
}
