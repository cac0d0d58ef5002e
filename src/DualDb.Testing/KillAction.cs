namespace DualDb.Testing;

/// <summary>What a <see cref="KillRig"/> does to workers, servers and lines.</summary>
public enum KillAction
{
    /// <summary>Kills a worker (SIGKILL), paused or not, and starts another in its place a moment later.</summary>
    KillWorker = 0,

    /// <summary>Freezes a worker (SIGSTOP) and lets it go on (SIGCONT), believing that no time has passed.</summary>
    PauseWorker,

    /// <summary>Ends a server as a crash would, and starts it again a moment later; it recovers what was committed.</summary>
    CrashServer,

    /// <summary>Stops a server in an orderly way, which disconnects its clients, and starts it again.</summary>
    RestartServer,

    /// <summary>Resets every connection of a line.</summary>
    CutLine,

    /// <summary>Loses the reply to the next request on a line: it is carried out, and whoever sent it cannot know.</summary>
    DropReply,

    /// <summary>Makes every round trip on a line slower for a while.</summary>
    DelayLine,

    /// <summary>Lets nothing pass on a line for a while; connections stay open.</summary>
    HoldLine,

    /// <summary>Resets new connections on a line for a while; open ones live on.</summary>
    RefuseConnections,
}
