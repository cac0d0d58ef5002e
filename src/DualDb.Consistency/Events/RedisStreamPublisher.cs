using System.Globalization;
using System.Text;
using DualDb.Caching;

namespace DualDb.Consistency.Events;

/// <summary>
/// Hands events to a Redis stream: one entry per event, with the fields <c>id</c>, <c>name</c>, <c>version</c>, <c>key</c>, <c>payload</c>, <c>published_at</c>, <c>source</c>, <c>headers</c>,
/// <c>traceparent</c> and <c>tracestate</c>. Each event arrives at least once; consumers drop those whose <c>id</c> they have seen.
/// </summary>
public sealed class RedisStreamPublisher : IEventPublisher, IAsyncDisposable
{
    /// <summary>By a script, since the oldest client that is supported knows no streams.</summary>
    private const string Append = """
        local entry = { 'xadd', KEYS[1] }
        if ARGV[1] ~= '0' then table.insert(entry, 'maxlen') table.insert(entry, '~') table.insert(entry, ARGV[1]) end
        table.insert(entry, '*')
        for i = 2, #ARGV do table.insert(entry, ARGV[i]) end
        return { redis.call(unpack(entry)) }
        """;

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    private readonly IRedisConnector _connector;
    private readonly string _stream;
    private readonly SemaphoreSlim _connecting = new(1, 1);
    private readonly Func<string, bool>? _takes;
    private IRedisClient? _client;

    /// <summary>Creates the publisher. Nothing connects yet.</summary>
    /// <param name="redis">Where Redis is, as <c>CachingOptions.Redis</c> takes it: <c>redis://…</c> or StackExchange.Redis's own form.</param>
    /// <param name="stream">The stream's key.</param>
    /// <param name="takes">Which events by name; null for all.</param>
    /// <exception cref="ArgumentException">The address or the key is none.</exception>
    public RedisStreamPublisher(string redis, string stream, Func<string, bool>? takes = null)
        : this(new StackExchangeConnector(redis), stream, takes)
    {
    }

    internal RedisStreamPublisher(IRedisConnector connector, string stream, Func<string, bool>? takes)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(stream);
        _connector = connector;
        _stream = stream;
        Name = "redis:" + stream;
        _takes = takes;
    }

    /// <summary>About how many entries the stream keeps; 0 for all. 100,000 at first.</summary>
    public long MaxLength { get; init; } = 100_000;

    /// <inheritdoc/>
    public string Name { get; init; }

    /// <inheritdoc/>
    public bool Takes(string eventName) => _takes?.Invoke(eventName) ?? true;

    /// <inheritdoc/>
    public async Task PublishAsync(PublishedEvent published, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(published);
        var client = await ConnectAsync(cancellationToken).ConfigureAwait(false);
        var fields = Fields(published).Prepend(MaxLength.ToString(CultureInfo.InvariantCulture)).Select(Encoding.UTF8.GetBytes).ToList();
        await client.EvaluateAsync(Append, [_stream], fields).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_client is not null)
        {
            await _client.DisposeAsync().ConfigureAwait(false);
        }

        _connecting.Dispose();
    }

    private static List<string> Fields(PublishedEvent published)
    {
        List<string> fields =
        [
            "id", published.Id.ToString("D"),
            "name", published.Name,
            "version", published.Version.ToString(CultureInfo.InvariantCulture),
            "payload", published.Payload,
            "published_at", published.PublishedAt.ToString("O", CultureInfo.InvariantCulture),
            "source", published.Source.ToString(),
        ];
        Add("key", published.Key);
        Add("traceparent", published.TraceParent);
        Add("tracestate", published.TraceState);
        Add("headers", published.Headers.Count == 0 ? null : Publishing.HeaderText.Write(published.Name, published.Headers, new EventOptions { MaxHeaderBytes = int.MaxValue }));
        return fields;

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                fields.AddRange([name, value]);
            }
        }
    }

    private async Task<IRedisClient> ConnectAsync(CancellationToken cancellationToken)
    {
        if (_client is { Lost.IsCompleted: false } live)
        {
            return live;
        }

        await _connecting.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_client is { Lost.IsCompleted: true } lost)
            {
                _client = null;
                await lost.DisposeAsync().ConfigureAwait(false);
            }

            return _client ??= await _connector.ConnectAsync(ConnectTimeout, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _connecting.Release();
        }
    }
}
