using DualDb.Migrations.History;
using DualDb.Migrations.Running;
using Npgsql;

namespace DualDb.Migrations.Moving;

/// <summary>Brings more changes than one transaction should hold. It goes on where an earlier run broke off, and brings along what was changed since then.</summary>
/// <param name="run">The run.</param>
/// <param name="session">The transactions of the move.</param>
/// <param name="source">The moment that they are brought up to.</param>
/// <param name="table">The table.</param>
/// <param name="shape">Its shape.</param>
/// <param name="batch">How many rows a transaction takes.</param>
internal sealed class MoveBacklog(RunContext run, MoveSession session, SourceSnapshot source, MovedTable table, TableShape shape, int batch)
{
    /// <summary>Brings them, where they are many.</summary>
    /// <param name="state">How far the table has come.</param>
    /// <param name="changed">What was changed since.</param>
    /// <param name="part">Brings the rows of some of it.</param>
    /// <param name="progress">The progress of the migration, for the history.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>The keys, where they are few; null where none are left.</returns>
    public async Task<string?> BringAsync(MoveState state, ChangedKeys changed, MovePart part, StepProgress progress, CancellationToken cancellationToken)
    {
        await changed.OpenAsync(cancellationToken).ConfigureAwait(false);
        var first = await changed.NextAsync(batch, cancellationToken).ConfigureAwait(false);
        var second = await changed.NextAsync(batch, cancellationToken).ConfigureAwait(false);
        if (second is null)
        {
            return first;
        }

        // All are removed before the first one comes: a row may have taken its unique value from one of another part.
        var since = state.ParsePosition();
        var standing = since.Reading is null ? changed : new ChangedKeys(source, shape, since with { Seen = since.Reading, Reading = null });
        if (since.Reading is not null)
        {
            await standing.OpenAsync(cancellationToken).ConfigureAwait(false);
        }

        await EachAsync(standing, (connection, keys, token) => standing.DeleteAsync(connection, table.To, keys, token), "part of the changed rows deleted").ConfigureAwait(false);
        var removed = state with { Position = (since with { Reading = source.Position.Seen }).ToString() };
        await session.InAsync(table.Target, progress, (connection, token) => removed.WriteAsync(run, connection, table.Move.To, token), "changed rows deleted", cancellationToken).ConfigureAwait(false);

        // Those of them that are there again came in an earlier run, and were not changed since.
        await EachAsync(
            changed,
            async (connection, keys, token) =>
            {
                if ((since.Reading is null ? keys : await changed.MissingAsync(connection, table.To, keys, token).ConfigureAwait(false)) is { } missing)
                {
                    await part.BringChangedAsync(connection, missing, token).ConfigureAwait(false);
                }
            },
            "part of the changed rows brought").ConfigureAwait(false);
        return null;

        async Task EachAsync(ChangedKeys some, Func<NpgsqlConnection, string, CancellationToken, Task> work, string point)
        {
            await some.RewindAsync(cancellationToken).ConfigureAwait(false);
            while (await some.NextAsync(batch, cancellationToken).ConfigureAwait(false) is { } keys)
            {
                await session.InAsync(table.Target, progress, (connection, token) => work(connection, keys, token), point, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
