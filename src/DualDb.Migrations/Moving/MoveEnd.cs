using System.Globalization;
using DualDb.Migrations.History;
using DualDb.Migrations.Running;
using Npgsql;

namespace DualDb.Migrations.Moving;

/// <summary>The phase contract, in the database that the table leaves: makes sure that nothing was written to it since the switch, so that it may be dropped.</summary>
/// <param name="run">The run.</param>
/// <param name="session">The transactions of the move.</param>
/// <param name="table">The table.</param>
/// <param name="failure">What goes wrong.</param>
internal sealed class MoveEnd(RunContext run, MoveSession session, MovedTable table, MoveFailure failure)
{
    /// <summary>Makes sure.</summary>
    public async Task ApplyAsync(StepProgress after, CancellationToken cancellationToken)
    {
        var state = await MoveSession.AskAsync(table.Target, (connection, token) => MoveState.ReadAsync(connection, table.Move.To, token), cancellationToken).ConfigureAwait(false);
        if (state is not { IsSwitched: true })
        {
            throw failure.Of($"{table.Target.Kind} has not taken the table over, and what {table.Source.Kind} holds of it would be lost. Apply the phases backfill and switch before.");
        }

        await session.InAsync(
            table.Source,
            after,
            async (connection, token) =>
            {
                if (!await WriteStop.IsOnAsync(connection, table.Move.From, token).ConfigureAwait(false))
                {
                    throw failure.Of($"{table.Move.From} in {table.Source.Kind} takes writes again, since its trigger {WriteStop.Trigger} is gone or off. See what was written since the switch; then undo that (dualdb migrations down) and apply it anew, or remove the line 'move' and with it this look.");
                }

                await RequireNothingNewAsync(connection, state, token).ConfigureAwait(false);
                await new SourceCapture(session, table).EndAsync(connection, token).ConfigureAwait(false);
                run.Reach("nothing new found");
            },
            "move ended",
            cancellationToken).ConfigureAwait(false);
    }

    private async Task RequireNothingNewAsync(NpgsqlConnection connection, MoveState state, CancellationToken cancellationToken)
    {
        using var command = new NpgsqlCommand(
            """
            select count(*), coalesce((array_agg(coalesce(l.key, l.new_key)::text order by l.id desc))[1:3], array[]::text[]) from dualdb.change_log l
            where l.table_schema = $1 and l.table_name = $2 and (l.transaction >= pg_snapshot_xmax($3::text::pg_snapshot) or l.transaction = any (array(select pg_snapshot_xip($3::text::pg_snapshot))))
            """,
            connection)
        {
            Parameters =
            {
                new NpgsqlParameter<string> { TypedValue = table.Move.From.Schema }, new NpgsqlParameter<string> { TypedValue = table.Move.From.Name }, new NpgsqlParameter<string> { TypedValue = state.ParsePosition().Seen },
            },
        };
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var closed = reader.ConfigureAwait(false);
        await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        if (reader.GetInt64(0) is var count and > 0)
        {
            var keys = table.ShowsKeys ? string.Join(", ", reader.GetFieldValue<string[]>(1)) : KeyVisibility.Masked;
            throw failure.Of(string.Create(
                CultureInfo.InvariantCulture,
                $"{count} writes came to {table.Move.From} in {table.Source.Kind} after the switch, past its trigger, the last ones of {keys}. Bring them to {table.Target.Kind} by hand (dualdb.change_log has them), and then remove the line 'move' and with it this look."));
        }
    }
}
