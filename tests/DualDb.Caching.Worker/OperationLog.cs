using System.Diagnostics;
using System.Globalization;

namespace DualDb.Caching.Worker;

/// <summary>What happened when, by the clock that all processes of a machine share: kind, beginning, end, key and version in each line.</summary>
internal sealed class OperationLog
{
    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];

    public static long Now => Stopwatch.GetTimestamp();

    public void Add(string kind, long began, long key = 0, long version = 0, string how = "-")
    {
        var ended = Now;
        lock (_lock)
        {
            _lines.Add(string.Create(CultureInfo.InvariantCulture, $"{kind} {began} {ended} {key} {version} {how}"));
        }
    }

    public void Write(TextWriter output)
    {
        lock (_lock)
        {
            foreach (var line in _lines)
            {
                output.WriteLine(line);
            }
        }
    }
}
