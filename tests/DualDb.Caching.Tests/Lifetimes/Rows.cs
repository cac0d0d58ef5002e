using Microsoft.Extensions.Time.Testing;

namespace DualDb.Caching.Tests.Lifetimes;

/// <summary>A row of the source below.</summary>
internal sealed record Row(int Version);

/// <summary>A space of cached rows over a source that counts, waits and fails as it is told, with a clock that stands still.</summary>
internal sealed class Rows : IDisposable
{
    public static readonly TimeSpan Duration = TimeSpan.FromMinutes(10);

    private readonly CacheSpace<Row> _space;

    public Rows(Func<CacheSettings, CacheSettings>? settings = null, CachingOptions? options = null)
    {
        Core = new CacheCore(options ?? new CachingOptions(), "rows", Clock, connector: null, loggerFactory: null);
        var facts = new SpaceFacts<Row>("Row", "test.rows", "", "schema", Codec.Instance, static _ => 1, static _ => true);
        var declared = new CacheSettings(Duration);
        _space = new CacheSpace<Row>(Core, facts, settings?.Invoke(declared) ?? declared, new DependencySet(Core.Dependency(Dependency.Entries("test.rows"))), Figures);
    }

    public FakeTimeProvider Clock { get; } = new(DateTimeOffset.UnixEpoch.AddYears(50));

    public CacheCore Core { get; }

    public CacheFigures Figures { get; } = new("Row");

    /// <summary>How often the source was asked.</summary>
    public int Statements { get; private set; }

    /// <summary>Whether the last question to the source was given up.</summary>
    public CancellationToken Given { get; private set; }

    /// <summary>What the source answers with; null for "there is none".</summary>
    public Func<Row?> Source { get; set; } = static () => new Row(1);

    /// <summary>What the source waits for before it answers.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public async Task<Row?> ReadAsync(string key = "k", CancellationToken cancellationToken = default) => await _space.ReadAsync(key, LoadAsync, cancellationToken);

    public async Task<Row?[]> ReadManyAsync(params string[] keys)
        => await _space.GetManyAsync(keys, async (places, token) =>
        {
            var row = await LoadAsync(token);
            return [.. places.Select(_ => row)];
        }, CancellationToken.None);

    /// <summary>A write: the source has another row from now on, and the entry falls.</summary>
    public ValueTask WriteAsync(int version, string key = "k")
    {
        Source = () => new Row(version);
        return InvalidateAsync(key);
    }

    public ValueTask InvalidateAsync(string key = "k")
    {
        var written = new Invalidation();
        written.Add(new CacheAddress("test.rows", "", key));
        return Core.InvalidateAsync(written);
    }

    public Task SettledAsync() => Eventually.HoldsAsync(() => Core.Loads.IsEmpty, "A load did not end.");

    public void Dispose() => Core.Dispose();

    private async ValueTask<Row?> LoadAsync(CancellationToken cancellationToken)
    {
        Statements++;
        Given = cancellationToken;
        var source = Source;
        await Gate.WaitAsync(cancellationToken);
        return source();
    }

    private sealed class Codec : IPayloadCodec<Row>
    {
        public static Codec Instance { get; } = new();

        public void Encode(ref PayloadWriter writer, Row value) => writer.Write(value.Version);

        public Row Decode(ref PayloadReader reader) => new(reader.ReadInt32());
    }
}
