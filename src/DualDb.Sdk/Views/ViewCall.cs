using DualDb.Diagnostics.Calls;
using DualDb.Sql;
using Npgsql;

namespace DualDb.Views;

/// <summary>One call of a view reader: level after level, both databases at the same time.</summary>
/// <param name="databases">The databases.</param>
/// <param name="operation">The public method, for messages and traces.</param>
/// <param name="rows">Receives what is fetched.</param>
internal sealed class ViewCall(ViewDatabases databases, string operation, FetchedRows rows)
{
    /// <summary>Reads the members of all levels.</summary>
    /// <param name="levels">The levels.</param>
    /// <param name="cancellationToken">Cancels the reads.</param>
    public async Task RunAsync(IReadOnlyList<IReadOnlyList<ViewMember>> levels, CancellationToken cancellationToken)
    {
        var began = CallTiming.BeginView(databases.Neon);
        foreach (var level in levels)
        {
            await RunLevelAsync(level, cancellationToken).ConfigureAwait(false);
        }

        CallTiming.ViewRead(databases.Neon, began, rows.View);
    }

    private async Task RunLevelAsync(IReadOnlyList<ViewMember> level, CancellationToken cancellationToken)
    {
        // All parameters are bound before anything is sent, the root's first: a key that no column can hold is refused in its name.
        var leader = level[0].Entity.Database;
        var first = Bind(level, leader);
        var second = Bind(level, leader == Database.Neon ? Database.Supabase : Database.Neon);
        if (first is not null && second is not null)
        {
            await Together.RunAsync([token => RunAsync(first, token), token => RunAsync(second, token)], cancellationToken).ConfigureAwait(false);
        }
        else if ((first ?? second) is { } only)
        {
            await RunAsync(only, cancellationToken).ConfigureAwait(false);
        }
    }

    private BatchCall? Bind(IReadOnlyList<ViewMember> level, Database database)
    {
        List<MemberFetch>? fetches = null;
        foreach (var member in level)
        {
            if (member.Entity.Database == database && member.Fetch(rows) is { } fetch)
            {
                (fetches ??= []).Add(fetch);
            }
        }

        return fetches is null ? null : new BatchCall(databases[database], rows.View, operation, fetches);
    }

    private async Task RunAsync(BatchCall side, CancellationToken cancellationToken)
    {
        try
        {
            await side.RunAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (DualDbException exception)
        {
            if (!MaySpare(exception) || !AreSpared(side))
            {
                throw new ViewMemberFailedException(rows.View, NamesOf(side), side.Database, exception);
            }

            Spare(side, exception);
            return;
        }

        foreach (MemberFetch fetch in side.Reads)
        {
            fetch.KeepIn(rows);
        }
    }

    /// <summary>A database that is down or too slow may be done without; a table that does not fit its model is a fault to be mended.</summary>
    private static bool MaySpare(DualDbException exception)
        => exception is DatabaseUnavailableException or DatabaseErrorException { SqlState: null or PostgresErrorCodes.QueryCanceled };

    private static bool AreSpared(BatchCall side) => side.Reads.All(static read => ((MemberFetch)read).Member.SparedWith is not null);

    private void Spare(BatchCall side, DualDbException exception)
    {
        lock (rows)
        {
            foreach (MemberFetch fetch in side.Reads)
            {
                rows.Fail(fetch.Member.SparedWith!, new ViewFailure(fetch.Member.Name, side.Database, exception.Message));
            }
        }
    }

    private static string NamesOf(BatchCall side)
        => side.AtFault is MemberFetch fault
            ? fault.Member.Name
            : string.Join(", ", side.Reads.Select(static read => ((MemberFetch)read).Member.Name));
}
