namespace DualDb.Diagnostics.Calls;

/// <summary>Takes the time of calls, where anybody wants to know: the meter's listeners, or the root's observer.</summary>
internal static class CallTiming
{
    /// <summary>When a call began; 0 where nobody wants to know.</summary>
    public static long Begin(PostgresDatabase database) => database.Observer is not null || CallMeter.Queries.Enabled ? Timestamp(database) : 0;

    /// <summary>When the reading of a view began; 0 where nobody wants to know.</summary>
    public static long BeginView(PostgresDatabase database) => database.Observer is not null || CallMeter.Views.Enabled ? Timestamp(database) : 0;

    /// <summary>The call has succeeded.</summary>
    public static void Succeeded(PostgresDatabase database, long began, string subject, string operation, string sql)
    {
        if (began == 0)
        {
            return;
        }

        var ended = database.Clock.GetTimestamp();
        var call = new CallName(subject, operation, sql);
        database.Observer?.Succeeded(database.Kind, in call, began, ended);
        if (CallMeter.Queries.Enabled)
        {
            CallMeter.Query(database.Kind, in call, database.Clock.GetElapsedTime(began, ended).TotalSeconds, error: null);
        }
    }

    /// <summary>The call has failed for good.</summary>
    public static void Failed(PostgresDatabase database, long began, string subject, string operation, Exception failure)
    {
        if (began == 0)
        {
            return;
        }

        var ended = database.Clock.GetTimestamp();
        database.Observer?.Failed(database.Kind, failure, began, ended);
        if (CallMeter.Queries.Enabled)
        {
            CallMeter.Query(database.Kind, new CallName(subject, operation, ""), database.Clock.GetElapsedTime(began, ended).TotalSeconds, failure.GetType().Name);
        }
    }

    /// <summary>The view was read.</summary>
    public static void ViewRead(PostgresDatabase database, long began, string view)
    {
        if (began == 0)
        {
            return;
        }

        var ended = database.Clock.GetTimestamp();
        database.Observer?.ViewRead(view, began, ended);
        CallMeter.View(view, database.Clock.GetElapsedTime(began, ended).TotalSeconds);
    }

    // A clock that begins at 0 must not look as if nobody wanted to know.
    private static long Timestamp(PostgresDatabase database) => database.Clock.GetTimestamp() is var now and not 0 ? now : 1;
}
