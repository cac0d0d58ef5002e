using System.Diagnostics;

namespace DualDb.Testing.Killing;

/// <summary>What a rig has done and what came of it. Members may be called from any thread.</summary>
internal sealed class KillLog
{
    private readonly Lock _gate = new();
    private readonly List<KillRigEntry> _entries = [];
    private readonly long _start = Stopwatch.GetTimestamp();

    public IReadOnlyList<KillRigEntry> Entries
    {
        get
        {
            lock (_gate)
            {
                return [.. _entries];
            }
        }
    }

    public void Did(KillAction action, string target, string text) => Add(action, target, text);

    public void Saw(string target, string text) => Add(action: null, target, text);

    private void Add(KillAction? action, string target, string text)
    {
        lock (_gate)
        {
            _entries.Add(new KillRigEntry(Stopwatch.GetElapsedTime(_start), action, target, text));
        }
    }
}
