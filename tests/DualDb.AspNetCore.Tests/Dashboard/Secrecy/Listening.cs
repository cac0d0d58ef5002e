using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging;

namespace DualDb.AspNetCore.Tests.Dashboard.Secrecy;

/// <summary>Keeps all that is logged and traced, in the words that an exporter would get.</summary>
internal sealed class Listening : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<(string Where, string Text)> _heard = new();
    private readonly ActivityListener _listener;

    public Listening()
    {
        _listener = new ActivityListener { ShouldListenTo = static _ => true, Sample = static (ref _) => ActivitySamplingResult.AllDataAndRecorded, ActivityStopped = Hear };
        ActivitySource.AddActivityListener(_listener);
    }

    public IReadOnlyCollection<(string Where, string Text)> Heard => _heard;

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
    {
        _heard.Enqueue(("a scope of the log", string.Create(CultureInfo.InvariantCulture, $"{state}")));
        return null;
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var values = state is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join(' ', pairs) : "";
        _heard.Enqueue(($"the log, {eventId.Name}", $"{formatter(state, exception)} {values} {exception}"));
    }

    public void Dispose() => _listener.Dispose();

    private void Hear(Activity activity)
    {
        var events = activity.Events.Select(static one => $"{one.Name} {string.Join(' ', one.Tags)}");
        var links = activity.Links.SelectMany(static link => link.Tags ?? []);
        _heard.Enqueue(($"the trace {activity.Source.Name} {activity.DisplayName}", $"{activity.StatusDescription} {string.Join(' ', activity.TagObjects)} {string.Join(' ', activity.Baggage)} {string.Join(' ', events)} {string.Join(' ', links)}"));
    }
}
