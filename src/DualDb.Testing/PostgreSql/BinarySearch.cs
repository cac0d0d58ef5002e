using DualDb.Testing.Processes;

namespace DualDb.Testing.PostgreSql;

/// <summary>Finds server programs: where the caller says, else installed ones, else those that npm brings.</summary>
internal static class BinarySearch
{
    public const string Variable = "DUALDB_POSTGRES_BIN";

    public static async Task<PostgresBinaries> FindAsync(string? directory, ServerUser user, CancellationToken cancellationToken)
    {
        if (directory is not null)
        {
            return await RequireAsync(directory, "The option BinaryDirectory", user, cancellationToken).ConfigureAwait(false);
        }

        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
        {
            return await RequireAsync(named, $"The environment variable {Variable}", user, cancellationToken).ConfigureAwait(false);
        }

        foreach (var installed in InstalledPlaces.List())
        {
            if (await PostgresBinaries.TryOpenAsync(installed, user, cancellationToken).ConfigureAwait(false) is { } binaries)
            {
                return binaries;
            }
        }

        return await EmbeddedPostgres.BringAsync(user, cancellationToken).ConfigureAwait(false);
    }

    // What was named explicitly is used or refused: searching on would hide the mistake.
    private static async Task<PostgresBinaries> RequireAsync(string directory, string source, ServerUser user, CancellationToken cancellationToken) =>
        await PostgresBinaries.TryOpenAsync(Path.GetFullPath(directory), user, cancellationToken).ConfigureAwait(false)
        ?? throw new LocalServerException(
            $"{source} names '{directory}', but initdb, pg_ctl and postgres are not all there or user '{user.Name}' cannot run them. " +
            "Name the folder that holds them (such as /usr/lib/postgresql/17/bin), readable for that user, or name none.");
}
