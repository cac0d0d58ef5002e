using DualDb.Consistency.Schema;
using DualDb.Errors;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Consistency.Sync.Applying;

/// <summary>Applies changes to a database: rows and position in one transaction, so that each takes effect once.</summary>
internal sealed class SyncApplier(PostgresDatabase target, TimeSpan patience)
{
    /// <summary>Applies a page. What the target refuses is put aside with what follows of its key; the rest goes on.</summary>
    /// <exception cref="PositionLostException">Another node has moved the position: nothing was applied.</exception>
    /// <exception cref="DualDbException">The database failed; nothing was applied, or, where the commit's reply was lost, all.</exception>
    public async Task<AppliedPage> ApplyAsync(IReadOnlyList<RowChange> changes, PositionMove move, CancellationToken cancellationToken)
    {
        using var activity = ApplyActivity.Start(changes, move.Source, target.Kind);
        try
        {
            return await ApplyWithCareAsync(changes, move, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            ApplyActivity.Fail(activity, exception);
            throw;
        }
    }

    private async Task<AppliedPage> ApplyWithCareAsync(IReadOnlyList<RowChange> changes, PositionMove move, CancellationToken cancellationToken)
    {
        try
        {
            return await AttemptAsync(changes, move, isCareful: false, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception refusal) when (IsRefusal(refusal))
        {
            // Which one it was is not told: they are tried again in smaller groups, down to the one.
        }
        catch (Exception exception) when (exception is not OperationCanceledException and not DualDbException and not PositionLostException and not RowMovedException)
        {
            throw Translate(exception);
        }

        try
        {
            return await AttemptAsync(changes, move, isCareful: true, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException and not DualDbException and not PositionLostException and not RowMovedException)
        {
            throw Translate(exception);
        }
    }

    private Exception Translate(Exception exception)
    {
        if (Connections.TransientErrors.IsConnectionBroken(exception))
        {
            target.ForgetBrokenConnections();
        }

        return ErrorTranslator.Translate(exception, target.Kind, entity: null, "Applying changes of the other database");
    }

    private async Task<AppliedPage> AttemptAsync(IReadOnlyList<RowChange> changes, PositionMove move, bool isCareful, CancellationToken cancellationToken)
    {
        var transaction = await target.BeginOwnAsync(cancellationToken).ConfigureAwait(false);
        await using var ending = transaction.ConfigureAwait(false);
        var page = new PageTransaction(transaction, move.Source, patience);
        var parked = await page.BeginAsync(move, cancellationToken).ConfigureAwait(false);
        var began = target.Clock.GetTimestamp();
        var free = new List<RowChange>();
        foreach (var change in changes)
        {
            if (change.Fault is { } fault)
            {
                parked.Add((change.Route.Map.Name, change.Key));
                await page.ParkAsync(change, fault, cancellationToken).ConfigureAwait(false);
            }
            else if (parked.Contains((change.Route.Map.Name, change.Key)))
            {
                await page.ParkAsync(change, "It waits behind an earlier change of its row.", cancellationToken).ConfigureAwait(false);
            }
            else
            {
                free.Add(change);
            }
        }

        if (isCareful)
        {
            await page.ApplyCarefullyAsync(free, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await page.ApplyAsync(free, cancellationToken).ConfigureAwait(false);
        }

        await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
        return page.Result() with { AppliedAt = page.BeganAt + target.Clock.GetElapsedTime(began) };
    }

    /// <summary>
    /// Whether the fault lies with a row, and not with the database or the form of a table: a value or constraint (22, 23), a limit such as an index entry's size (54), or what a trigger of the user's
    /// raises (P). A constraint that is deferred speaks at the commit, whose error has been translated.
    /// </summary>
    public static bool IsRefusal(Exception exception) => exception switch
    {
        RowRefusedException => true,
        PostgresException { SqlState: PostgresErrorCodes.WithCheckOptionViolation } => true,
        PostgresException { SqlState: ['2', '2' or '3', ..] or ['5', '4', ..] or ['P', ..] } => true,
        DualDbException { InnerException: PostgresException refusal } => IsRefusal(refusal),
        _ => false,
    };

    /// <summary>What a row was refused for, as it is kept and shown: without the value.</summary>
    public static string Shown(Exception refusal) => refusal switch
    {
        PostgresException postgres => ServerWords.Of(postgres) + (postgres.ConstraintName is { } constraint ? $" (constraint {constraint})" : "") + $" [{postgres.SqlState}]",
        DualDbException { InnerException: PostgresException postgres } => Shown(postgres),
        RowRefusedException or DualDbException => refusal.Message,
        _ => refusal.GetType().Name,
    };
}
