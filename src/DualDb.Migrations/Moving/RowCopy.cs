using System.Buffers;
using Npgsql;

namespace DualDb.Migrations.Moving;

/// <summary>Pipes rows from one database to the other, as texts: these both have the same, whatever numbers their types have there.</summary>
internal static class RowCopy
{
    private const int Characters = 32 * 1024;

    /// <summary>Copies what a query gives.</summary>
    /// <param name="source">Where it is asked.</param>
    /// <param name="query">The query.</param>
    /// <param name="target">Where its rows go, within a transaction.</param>
    /// <param name="into">The table and its columns, in the order of the query's.</param>
    /// <param name="cancellationToken">Cancels the copy; its transaction has to be rolled back then.</param>
    public static async Task RunAsync(NpgsqlConnection source, string query, NpgsqlConnection target, string into, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<char>.Shared.Rent(Characters);
        try
        {
            using var reader = await source.BeginTextExportAsync($"copy ({query}) to stdout", cancellationToken).ConfigureAwait(false);
            var writer = await target.BeginTextImportAsync($"copy {into} from stdin", cancellationToken).ConfigureAwait(false);
            try
            {
                for (var read = await reader.ReadAsync(buffer.AsMemory(), cancellationToken).ConfigureAwait(false); read > 0; read = await reader.ReadAsync(buffer.AsMemory(), cancellationToken).ConfigureAwait(false))
                {
                    await writer.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                }
            }
            catch
            {
                // To dispose of it would be to end the copy in the middle of a row, and the server's answer to that would take the place of what has happened. Cancelled, it is ended.
                await writer.CancelAsync().ConfigureAwait(false);
                throw;
            }

            await writer.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(buffer);
        }
    }
}
