using System.Text;

namespace DualDb.Testing.Killing;

/// <summary>A ledger's file: a line for the beginning of each write, and one for its outcome. A process that is killed leaves at worst an unfinished line at the end, which counts as not written.</summary>
internal sealed class LedgerFile : IDisposable
{
    private static readonly Dictionary<string, LedgerOutcome> Words = new(StringComparer.Ordinal)
    {
        ["began"] = LedgerOutcome.Unknown,
        ["committed"] = LedgerOutcome.Committed,
        ["rolled-back"] = LedgerOutcome.RolledBack,
    };

    private readonly FileStream _stream;

    private LedgerFile(FileStream stream) => _stream = stream;

    public static LedgerFile Open(string path)
    {
        // Without a buffer: a line is in the system's cache, which outlives the process, when the call returns.
        var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        return new LedgerFile(stream);
    }

    public static IReadOnlyList<KeyValuePair<string, LedgerOutcome>> Read(string path)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return Parse(ReadText(stream));
    }

    /// <summary>Reads what is there, and cuts off an unfinished line.</summary>
    public IReadOnlyList<KeyValuePair<string, LedgerOutcome>> ReadAll()
    {
        var text = ReadText(_stream);
        _stream.SetLength(Encoding.UTF8.GetByteCount(text));
        _stream.Seek(0, SeekOrigin.End);
        return Parse(text);
    }

    public void Append(string write, LedgerOutcome outcome)
    {
        var word = Words.First(word => word.Value == outcome).Key;
        _stream.Write(Encoding.UTF8.GetBytes($"{word} {write}\n"));
    }

    public void Dispose() => _stream.Dispose();

    private static string ReadText(FileStream stream)
    {
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return Encoding.UTF8.GetString(bytes, 0, Array.LastIndexOf(bytes, (byte)'\n') + 1);
    }

    private static List<KeyValuePair<string, LedgerOutcome>> Parse(string text) =>
    [
        .. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line =>
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            return KeyValuePair.Create(line[(space + 1)..], Words[line[..space]]);
        }),
    ];
}
