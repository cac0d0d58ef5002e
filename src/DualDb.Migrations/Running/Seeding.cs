using DualDb.Errors;
using DualDb.Migrations.Files;
using DualDb.Migrations.Files.Sql;
using DualDb.Migrations.History;
using Npgsql;

namespace DualDb.Migrations.Running;

/// <summary>Inserts the rows of files, each file in one transaction with the note that it was run.</summary>
internal static class Seeding
{
    private const int MostStatements = 1000;
    private const int MostText = 1 << 20;

    /// <summary>Runs a file; again from its beginning where others hold the locks that it needs.</summary>
    /// <exception cref="MigrationFailedException">A statement failed; nothing of the file was done.</exception>
    /// <exception cref="MigrationInterruptedException">The database could not be reached any more.</exception>
    public static async Task ApplyAsync(RunContext run, Seed seed, string checksum, CancellationToken cancellationToken)
    {
        try
        {
            await LockRetry.RunAsync(run, token => ApplyOnceAsync(run, seed, checksum, token), cancellationToken).ConfigureAwait(false);
        }
        catch (DualDbException exception) when (MigrationInterruptedException.Is(exception))
        {
            throw MigrationInterruptedException.Of(seed.Id, statement: null, isUndoing: false, exception);
        }
    }

    /// <summary>Writes down which tables of files that were run are there, before anything is undone.</summary>
    public static async Task NoteTablesAsync(RunContext run, CancellationToken cancellationToken)
    {
        await SeedTables.NoteAsync(run, run.Databases.Neon, cancellationToken).ConfigureAwait(false);
        await SeedTables.NoteAsync(run, run.Databases.Supabase, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Forgets that files were run whose tables were undone.</summary>
    /// <returns>The files.</returns>
    public static async Task<GoneSeeds> ForgetGoneAsync(RunContext run, CancellationToken cancellationToken)
    {
        var neon = await SeedTables.ForgetAsync(run, run.Databases.Neon, cancellationToken).ConfigureAwait(false);
        var supabase = await SeedTables.ForgetAsync(run, run.Databases.Supabase, cancellationToken).ConfigureAwait(false);
        run.Reach("seeds forgotten");
        return new GoneSeeds([.. neon.Whole, .. supabase.Whole], [.. neon.Partly, .. supabase.Partly]);
    }

    /// <summary>The same where what was undone is given up: that is written down by now, and what failed is what is told.</summary>
    public static async Task TryForgetGoneAsync(RunContext run, CancellationToken cancellationToken)
    {
        try
        {
            await ForgetGoneAsync(run, cancellationToken).ConfigureAwait(false);
        }
        catch (DualDbException)
        {
            // The files count as run then, and are not run again.
        }
    }

    /// <summary>Sends the statements of a file, many in one round trip.</summary>
    /// <returns>How many there were.</returns>
    public static async Task<int> SendAsync(NpgsqlConnection connection, Seed seed, Action<string> probe, CancellationToken cancellationToken)
    {
        using var reader = new SeedReader(seed);
        var count = 0;
        for (var part = reader.Next(); part.Count > 0; part = reader.Next())
        {
            for (var from = 0; from < part.Count;)
            {
                var (to, length) = (from, 0);
                while (to < part.Count && to - from < MostStatements && (to == from || length + part[to].Text.Length <= MostText))
                {
                    length += part[to++].Text.Length;
                }

                await SendAsync(connection, seed, part, from, to, count, cancellationToken).ConfigureAwait(false);
                count += to - from;
                from = to;
                probe("rows sent");
            }
        }

        return count;
    }

    private static async Task ApplyOnceAsync(RunContext run, Seed seed, string checksum, CancellationToken cancellationToken)
    {
        try
        {
            var transaction = await run.Databases.Of(seed.Id.Database).BeginOwnAsync(cancellationToken).ConfigureAwait(false);
            await using var ending = transaction.ConfigureAwait(false);
            await SessionSettings.BeginTransactionAsync(run.Options, transaction.Connection, timeout: null, cancellationToken).ConfigureAwait(false);
            var count = await SendAsync(transaction.Connection, seed, run.Reach, cancellationToken).ConfigureAwait(false);
            await SessionSettings.ExecuteAsync(transaction.Connection, "reset role", cancellationToken).ConfigureAwait(false);
            await SeedHistory.WriteAsync(run, transaction.Connection, seed.Id, checksum, count, cancellationToken).ConfigureAwait(false);
            run.Reach("seed written, not committed");
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            run.Reach("seed committed");
        }
        catch (NpgsqlException exception) when (!LockRetry.IsLockFailure(exception))
        {
            throw ErrorTranslator.Translate(exception, seed.Id.Database, entity: null, $"Running {seed.Id}");
        }
    }

    private static async Task SendAsync(NpgsqlConnection connection, Seed seed, IReadOnlyList<SqlStatement> part, int from, int to, int done, CancellationToken cancellationToken)
    {
        using var batch = new NpgsqlBatch(connection);
        for (var i = from; i < to; i++)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(part[i].Text));
        }

        try
        {
            await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException refused) when (refused.BatchCommand is NpgsqlBatchCommand failed && batch.BatchCommands.IndexOf(failed) is var at and >= 0)
        {
            throw StatementFailure.OfSeed(seed, done + at, part[from + at], refused);
        }
    }
}
