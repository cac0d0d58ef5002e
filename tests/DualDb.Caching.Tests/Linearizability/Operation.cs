using System.Globalization;

namespace DualDb.Caching.Tests.Linearizability;

/// <summary>What a node did: kind, beginning and end by the clock of the machine, the key and the version seen or written.</summary>
internal sealed record Operation(string Kind, long Began, long Ended, long Key, long Version, string How)
{
    public static Operation Read(string line)
    {
        var parts = line.Split(' ');
        long Number(int index) => long.Parse(parts[index], CultureInfo.InvariantCulture);
        return new Operation(parts[0], Number(1), Number(2), Number(3), Number(4), parts[5].TrimEnd());
    }
}
