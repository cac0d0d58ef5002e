namespace DualDb.Migrations.Tests.Running;

/// <summary>Crashes at a point. From then on every point crashes, as nothing of a process that was killed goes on.</summary>
/// <param name="at">Which point, from 0.</param>
internal sealed class CrashProbe(int at)
{
    private int _reached;

    /// <summary>Where it crashed; null where the run came to its end before.</summary>
    public string? CrashedAt { get; private set; }

    public void Reach(string point)
    {
        if (CrashedAt is not null || _reached++ == at)
        {
            CrashedAt ??= point;
            throw new CrashException(point);
        }
    }
}

internal sealed class CrashException(string point) : Exception($"Crashed at '{point}'.");
