namespace DualDb.Testing.Processes;

/// <summary>
/// The folder of one run: data, logs and pid files of its servers lie in it, and a <see cref="Watchdog"/> removes it
/// together with them. A locked owner file tells other runs that it is in use.
/// </summary>
internal sealed class RunFolder : IAsyncDisposable
{
    private readonly Watchdog _watchdog;
    private readonly FileStream _owner;
    private int _finished;

    private RunFolder(string path, ServerUser user, Watchdog watchdog, FileStream owner)
    {
        Path = path;
        User = user;
        _watchdog = watchdog;
        _owner = owner;
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
    }

    public string Path { get; }

    public ServerUser User { get; }

    public static async Task<RunFolder> CreateAsync(CancellationToken cancellationToken)
    {
        var user = await ServerUser.SelectAsync(cancellationToken).ConfigureAwait(false);
        var parent = await TemporaryFolder.FindAsync(user, cancellationToken).ConfigureAwait(false);
        var path = System.IO.Path.Combine(parent, Leftovers.Prefix(user) + Guid.NewGuid().ToString("N")[..12]);
        var watchdog = await Watchdog.StartAsync(path, user, cancellationToken).ConfigureAwait(false);
        FileStream owner;
        try
        {
            owner = OwnerFile.Create(path);
        }
        catch
        {
            await watchdog.FinishAsync().ConfigureAwait(false);
            throw;
        }

        var folder = new RunFolder(path, user, watchdog, owner);
        try
        {
            await Leftovers.ReapAsync(folder, cancellationToken).ConfigureAwait(false);
            return folder;
        }
        catch
        {
            await folder.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Writes a file that the servers' user can read. Its folder is closed to everybody else.</summary>
    public static async Task WriteAsync(string path, string content, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(path, content, cancellationToken).ConfigureAwait(false);
        if (!OperatingSystem.IsWindows())
        {
            // Written by root under a strict umask, it would be root's alone.
            const UnixFileMode ReadByAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
            File.SetUnixFileMode(path, ReadByAll);
        }
    }

    /// <summary>A command that runs as the servers' user, in the folder.</summary>
    /// <exception cref="ObjectDisposedException">The folder is gone.</exception>
    public Command Command(string fileName, params IReadOnlyList<string> arguments)
    {
        ThrowIfDisposed();
        return User.Command(fileName, arguments) with { WorkingDirectory = Path };
    }

    /// <exception cref="ObjectDisposedException">The folder is gone.</exception>
    public void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(Volatile.Read(ref _finished) != 0, typeof(LocalServers));

    /// <summary>Stops what runs in the folder and removes it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _finished, 1) != 0)
        {
            return;
        }

        AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
        await _watchdog.FinishAsync().ConfigureAwait(false);
        await _owner.DisposeAsync().ConfigureAwait(false);
        if (Directory.Exists(Path))
        {
            // Somebody killed the watchdog.
            await Leftovers.SweepAsync(Path, User, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private void OnProcessExit(object? sender, EventArgs e)
    {
        if (Interlocked.Exchange(ref _finished, 1) == 0)
        {
            _watchdog.Finish();
        }
    }
}
