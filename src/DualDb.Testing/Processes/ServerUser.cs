namespace DualDb.Testing.Processes;

/// <summary>
/// The account that servers run as. PostgreSQL and PgBouncer refuse to run as root, so root hands them to an
/// unprivileged account that exists anyway; everybody else runs them as themselves.
/// </summary>
internal sealed record ServerUser(string Name, string? SwitchTo)
{
    private static readonly string[] UnprivilegedAccounts = ["postgres", "_postgres", "nobody"];

    public static async Task<ServerUser> SelectAsync(CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsMacOS())
        {
            throw new LocalServerException(
                "Local servers run on Linux and macOS. On Windows, run the tests inside WSL, or point them to servers of your own.");
        }

        if (!Environment.IsPrivilegedProcess)
        {
            return new ServerUser(Environment.UserName, SwitchTo: null);
        }

        foreach (var account in UnprivilegedAccounts)
        {
            var id = await new Command("id", "-u", account).RunAsync(cancellationToken).ConfigureAwait(false);
            if (id.Succeeded)
            {
                return new ServerUser(account, account);
            }
        }

        throw new LocalServerException(
            $"PostgreSQL refuses to run as root, and none of the accounts {string.Join(", ", UnprivilegedAccounts)} exists. " +
            "Create one (`useradd --system postgres`) or run as an ordinary user.");
    }

    /// <summary>A command that runs as this user.</summary>
    public Command Command(string fileName, params IReadOnlyList<string> arguments) => new(fileName, arguments) { UserName = SwitchTo };
}
